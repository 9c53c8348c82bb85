using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Runtime.Hardware;

/// <summary>The cores that a process may run on, by the kernel's numbers: a launcher may bind each process of a machine to others.</summary>
internal static class CoreNumbers
{
    private const string File = "/proc/self/status";
    private const string Key = "Cpus_allowed_list:";

    /// <summary>As the kernel writes them: <c>0-3,8</c>; empty where the system does not tell.</summary>
    public static string Own()
    {
        try
        {
            return System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))?[Key.Length..].Trim() ?? "";
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Each number of such a list; none where it is no such list.</summary>
    public static ImmutableArray<int> Of(string list)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (var part in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (!IsNumber(ends[0], out var first) || !IsNumber(ends[^1], out var last) || last < first)
                return [];
            numbers.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return numbers.ToImmutable();
    }

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
