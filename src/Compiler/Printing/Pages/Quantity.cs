using System.Globalization;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>Numbers for people who look: three digits and a unit.</summary>
internal static class Quantity
{
    /// <summary><c>812 µs</c>, <c>12.3 ms</c>, <c>4.56 s</c>, <c>3 min 20 s</c>.</summary>
    public static string Seconds(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 s",
        < 999.5e-6 => $"{Digits(seconds * 1e6)} µs",
        < 0.9995 => $"{Digits(seconds * 1e3)} ms",
        < 60 => $"{Digits(seconds)} s",
        _ => Minutes((long)Math.Round(seconds)),
    };

    /// <summary><c>1,234</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>950</c>, <c>17.2 K</c>, <c>6.74 G</c>: thousands, millions and so on.</summary>
    public static string Short(double number) => Math.Abs(number) switch
    {
        < 1e3 => Digits(number),
        < 1e6 => $"{Digits(number / 1e3)} K",
        < 1e9 => $"{Digits(number / 1e6)} M",
        < 1e12 => $"{Digits(number / 1e9)} G",
        < 1e15 => $"{Digits(number / 1e12)} T",
        _ => $"{Digits(number / 1e15)} P",
    };

    /// <summary>A share as <c>12.5 %</c>.</summary>
    public static string Percent(double share) => $"{Digits(share * 100)} %";

    /// <summary>How far a measured number is from the predicted one: <c>+9.1 %</c>.</summary>
    public static string Difference(double predicted, double measured) => predicted > 0
        ? ((measured / predicted) - 1).ToString("+0.0 %;-0.0 %;0 %", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>Three digits that count: <c>0.0123</c>, <c>1.23</c>, <c>12.3</c>, <c>123</c>, <c>4567</c>.</summary>
    public static string Digits(double number)
    {
        var size = Math.Abs(number);
        if (size is 0 or >= 99.95)
            return number.ToString("0", CultureInfo.InvariantCulture);
        if (size < 1e-4)
            return number.ToString("0.##e-0", CultureInfo.InvariantCulture);
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 1, 6);
        return number.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>A place on the page as CSS and SVG have it: <c>12.345%</c>.</summary>
    public static string Place(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private static string Minutes(long seconds) => $"{seconds / 60} min {seconds % 60} s";
}
