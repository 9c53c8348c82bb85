using System.Globalization;
using ParDsl.Compiler.Costs;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>Numbers for people who look: three digits and a unit.</summary>
internal static class Quantity
{
    /// <summary><c>41.2 us</c>, <c>5.03 ms</c>, <c>310 s</c>; nothing is a dash.</summary>
    public static string Seconds(double seconds) => seconds > 0 ? SecondsText.Of(seconds) : "-";

    /// <summary>A round time: <c>20 us</c>, <c>0.5 ms</c>, <c>2 s</c>.</summary>
    /// <param name="scale">What is said in the same unit: the whole axis.</param>
    public static string RoundSeconds(double seconds, double scale) => scale switch
    {
        < 1e-3 => $"{Digits(seconds * 1e6)} us",
        < 1 => $"{Digits(seconds * 1e3)} ms",
        _ => $"{Digits(seconds)} s",
    };

    /// <summary><c>1,234</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>950</c>, <c>17.2 K</c>, <c>6.74 G</c>: thousands, millions and so on.</summary>
    public static string Short(double number) => Math.Abs(number) switch
    {
        < 999.5 => Digits(number),
        < 999.5e3 => $"{Digits(number / 1e3)} K",
        < 999.5e6 => $"{Digits(number / 1e6)} M",
        < 999.5e9 => $"{Digits(number / 1e9)} G",
        < 999.5e12 => $"{Digits(number / 1e12)} T",
        _ => $"{Digits(number / 1e15)} P",
    };

    /// <summary>A share as <c>12.5 %</c>.</summary>
    public static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

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

    /// <summary>A value beside an axis.</summary>
    public static string Tick(double number) => Math.Abs(number) >= 1e4 ? Short(number) : Digits(number);

    /// <summary>A place on the page as CSS and SVG have it: <c>12.345%</c>.</summary>
    public static string Place(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
