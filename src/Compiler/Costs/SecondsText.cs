using System.Globalization;

namespace ParDsl.Compiler.Costs;

/// <summary>A time for people, in three digits: <c>41.2 us</c>, <c>5.03 ms</c>, <c>12.7 s</c>, <c>310 s</c>.</summary>
public static class SecondsText
{
    private static readonly (double Seconds, string Unit)[] Units = [(1, "s"), (1e-3, "ms"), (1e-6, "us")];

    public static string Of(double seconds)
    {
        var (size, unit) = Units.FirstOrDefault(unit => seconds >= unit.Seconds * 0.9995, Units[^1]);
        var count = seconds / size;
        var digits = count >= 99.95 ? "0" : count >= 9.995 ? "0.0" : "0.00";
        return $"{count.ToString(digits, CultureInfo.InvariantCulture)} {unit}";
    }
}
