using System.Collections.Immutable;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>What MPI libraries are called, by file and by themselves.</summary>
internal static class MpiLibraryNames
{
    // Open MPI 4 and 5 share the first name.
    private static readonly ImmutableArray<string> OpenMpi = ["libmpi.so.40", "libmpi.so.41"];

    // MPICH, Intel MPI and MVAPICH; Debian's MPICH has the second name.
    private static readonly ImmutableArray<string> Mpich = ["libmpi.so.12", "libmpich.so.12"];

    // RHEL keeps each MPI in a folder of its own, which the loader only knows after `module load`.
    private static readonly ImmutableArray<string> OpenMpiPlaces = ["/usr/lib64/openmpi/lib/libmpi.so.40"];
    private static readonly ImmutableArray<string> MpichPlaces = ["/usr/lib64/mpich/lib/libmpi.so.12"];

    private static readonly ImmutableArray<string> MpichProducts = ["MPICH", "Intel", "MVAPICH"];

    public static ImmutableArray<string> Plain => [.. OpenMpi, .. Mpich, "libmpi.so"];

    /// <summary>In the order in which they are tried; the other family's come last.</summary>
    public static ImmutableArray<string> For(MpiFamily? family) => family == MpiFamily.Mpich
        ? [.. Mpich, .. MpichPlaces, "libmpi.so", .. OpenMpi, .. OpenMpiPlaces]
        : [.. OpenMpi, .. OpenMpiPlaces, .. Mpich, .. MpichPlaces, "libmpi.so"];

    /// <summary>Where a library that is loaded lies, by its name; the name itself where that cannot be seen.</summary>
    public static string PathOf(string name) =>
        File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal), name);

    /// <summary>"Open MPI v4.1.4, package: ..." and "MPICH Version:\t4.0.2\n..." as short as people say them.</summary>
    public static string ShortVersion(string text)
    {
        var line = text.AsSpan().Trim();
        line = line[..(line.IndexOfAny('\n', ',') is var end and >= 0 ? end : line.Length)];
        var words = line.ToString().Split([' ', '\t', ':', '\0'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Where(word => word != "Version"));
    }

    public static bool IsOfMpichAbi(string version) =>
        MpichProducts.Any(product => version.Contains(product, StringComparison.OrdinalIgnoreCase));
}
