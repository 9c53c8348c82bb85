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

    public static void Write(string folder)
    {
        var names = Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        var lines = names.Select(name => $"{Of(Path.Combine(folder, name))}{Separator}{name}\n");
        AtomicFile.WriteText(Path.Combine(folder, CheckpointFolder.SumsName), string.Concat(lines));
    }

    /// <summary>What is wrong with the files, in words: "`model.safetensors` is missing"; null where all are whole.</summary>
    public static string? Flaw(string folder)
    {
        var path = Path.Combine(folder, CheckpointFolder.SumsName);
        if (!File.Exists(path))
            return Missing(CheckpointFolder.SumsName);
        if (Parse(File.ReadAllText(path, Encoding.Latin1)) is not { } sums)
            return $"`{CheckpointFolder.SumsName}` is not as it was written";
        foreach (var needed in (string[])[CheckpointFolder.ModelName, CheckpointFolder.OptimizerName, CheckpointFolder.StateName])
        {
            if (!sums.ContainsKey(needed))
                return $"`{CheckpointFolder.SumsName}` does not name `{needed}`";
        }

        return sums.Select(sum => Flaw(folder, sum.Key, sum.Value)).FirstOrDefault(flaw => flaw is not null);
    }

    private static string? Flaw(string folder, string name, string sum)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return Missing(name);
        return Of(path) == sum ? null : $"`{name}` has other bytes than when it was written";
    }

    private static string Missing(string name) => $"`{name}` is missing";

    private static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

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
        && line[(HashDigits + Separator.Length)..].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.');
}
