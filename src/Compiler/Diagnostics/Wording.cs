using System.Globalization;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>How names, lists and numbers stand in messages and printouts: the same in every culture.</summary>
internal static class Wording
{
    /// <summary>A name as it stands in a sentence: in backticks.</summary>
    public static string Quote(string name) => $"`{name}`";

    /// <summary>`a`, `b` and `c`.</summary>
    public static string And(IEnumerable<string> names) => Join(names, "and");

    /// <summary>`a`, `b` or `c`.</summary>
    public static string Or(IEnumerable<string> names) => Join(names, "or");

    /// <summary>1 layer, 2 layers.</summary>
    public static string Count(long count, string one) => Count(count, one, one + "s");

    public static string Count(long count, string one, string many) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";

    /// <summary>A number as the language writes it: 0.001, 1e-08.</summary>
    public static string Number(double value) =>
        value.ToString(CultureInfo.InvariantCulture).Replace('E', 'e');

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> names, string last)
    {
        var quoted = names.Select(Quote).ToArray();
        return quoted.Length switch
        {
            0 => "nothing",
            1 => quoted[0],
            _ => $"{string.Join(", ", quoted[..^1])} {last} {quoted[^1]}",
        };
    }
}
