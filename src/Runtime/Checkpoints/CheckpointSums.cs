using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// SHA256SUMS: a line for each other file of a checkpoint, as <c>sha256sum</c> writes and checks them. A folder whose files
/// are not exactly these, with these bits, is no whole checkpoint.
/// </summary>
internal static class CheckpointSums
{
    private const int HashDigits = 64;
    private const string Separator = "  ";

    /// <param name="told">The sums of files that other processes have written, by name; the rest are read.</param>
    public static void Write(string folder, ImmutableSortedDictionary<string, string> told)
    {
        var names = Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        var lines = names.Select(name =>
            $"{told.GetValueOrDefault(name) ?? Of(Path.Combine(folder, name))}{Separator}{name}\n");
        AtomicFile.WriteText(Path.Combine(folder, CheckpointFolder.SumsName), string.Concat(lines));
    }

    /// <summary>The sum of each file by its name.</summary>
    /// <param name="flaw">Why there are none, in words; empty where there are.</param>
    public static ImmutableSortedDictionary<string, string>? Read(string folder, out string flaw)
    {
        flaw = "";
        var path = Path.Combine(folder, CheckpointFolder.SumsName);
        if (!File.Exists(path))
            flaw = Missing(CheckpointFolder.SumsName);
        else if (Parse(File.ReadAllText(path, Encoding.Latin1)) is not { } sums)
            flaw = $"`{CheckpointFolder.SumsName}` is not as it was written";
        else if (FirstNotNamed(sums, [CheckpointFolder.StateName]) is { } missing)
            flaw = missing;
        else
            return sums;
        return null;
    }

    /// <summary>What is wrong with the files, in words: "`model.safetensors` is missing"; null where all are whole.</summary>
    public static string? Flaw(string folder, ImmutableSortedDictionary<string, string> sums) =>
        sums.Select(sum => Flaw(folder, sum.Key, sum.Value)).FirstOrDefault(flaw => flaw is not null);

    /// <summary>That a file has no sum, in words; null where all have.</summary>
    public static string? FirstNotNamed(ImmutableSortedDictionary<string, string> sums, IEnumerable<string> names) =>
        names.Where(name => !sums.ContainsKey(name))
            .Select(name => $"`{CheckpointFolder.SumsName}` does not name `{name}`").FirstOrDefault();

    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public static string OtherBytes(string name) => $"`{name}` has other bytes than when it was written";

    private static string? Flaw(string folder, string name, string sum)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return Missing(name);
        return Of(path) == sum ? null : OtherBytes(name);
    }

    private static string Missing(string name) => $"`{name}` is missing";

    /// <summary>The hash of each file by its name; null where a line is none of ours.</summary>
    private static ImmutableSortedDictionary<string, string>? Parse(string text)
    {
        if (!text.EndsWith('\n'))
            return null;
        var sums = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (!IsLine(line) || !sums.TryAdd(line[(HashDigits + Separator.Length)..], line[..HashDigits]))
                return null;
        }

        return sums.ToImmutable();
    }

    private static bool IsLine(string line) =>
        line.Length > HashDigits + Separator.Length
        && line[..HashDigits].All(char.IsAsciiHexDigitLower)
        && line.AsSpan(HashDigits).StartsWith(Separator)
        && line[(HashDigits + Separator.Length)..].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-');
}
