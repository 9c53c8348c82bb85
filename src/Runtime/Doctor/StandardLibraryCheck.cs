using System.Collections.Immutable;

namespace ParDsl.Runtime.Doctor;

/// <summary>
/// The C++ library that this process runs on: the newest symbol version that it has, and what TorchSharp's bridge asks for.
/// </summary>
internal static class StandardLibraryCheck
{
    private const string Topic = "libstdc++";
    private const string Library = "libstdc++.so.6";
    private const string Prefix = "GLIBCXX_";

    /// <summary>What the bridge asks for and never uses: <c>NativeLibraries</c> loads a copy that does without.</summary>
    private const string Unused = "GLIBCXX_3.4.32";

    public static DoctorFinding Run(string bridge)
    {
        var library = Loaded() ?? ProgramSearch.Library(Library);
        if (library is null)
            return DoctorFinding.Problem(
                Topic, "not found", "install it: `apt-get install libstdc++6` or `dnf install libstdc++`");
        try
        {
            return Compare(
                library,
                ElfVersions.Read(library).Defined.Where(IsCxx).ToImmutableArray(),
                [.. ElfVersions.Read(bridge).Needed.Where(IsCxx)]);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return DoctorFinding.Problem(
                Topic, $"{library} or {bridge} is no library that can be read", "run `build/restore-packages`");
        }
    }

    internal static DoctorFinding Compare(string library, ImmutableArray<string> present, ImmutableArray<string> needed)
    {
        var missing = needed.Except(present).ToImmutableArray();
        var facts = $"{library}: newest {Newest(present)}; TorchSharp asks for {Newest(needed)}";
        return missing switch
        {
            [] => DoctorFinding.Ok(Topic, facts),
            [Unused] => DoctorFinding.Ok(Topic, $"{facts}, only for a marker that nothing calls: "
                + $"a copy that asks for {Newest([.. needed.Except(missing)])} is used"),
            _ => DoctorFinding.Problem(
                Topic,
                $"{facts}; missing {string.Join(", ", missing.Where(version => version != Unused))}",
                "install a libstdc++ of GCC 12 or newer and let it go first: `export LD_LIBRARY_PATH=FOLDER`"),
        };
    }

    private static bool IsCxx(string version) =>
        version.StartsWith(Prefix, StringComparison.Ordinal) && Number(version) is not null;

    private static Version? Number(string version) => Version.TryParse(version[Prefix.Length..], out var number) ? number : null;

    private static string Newest(ImmutableArray<string> versions) => versions.MaxBy(Number) ?? "none";

    /// <summary>The file that this process has loaded already, since .NET itself is written in C++.</summary>
    private static string? Loaded() =>
        File.Exists("/proc/self/maps")
            ? File.ReadLines("/proc/self/maps").Where(line => line.Contains("/libstdc++.so", StringComparison.Ordinal))
                .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).FirstOrDefault()
            : null;
}
