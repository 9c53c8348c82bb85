namespace ParDsl.Compiler.Printing.Pages;

/// <summary>The distance of an axis's ticks: 1, 2 or 5 times a power of ten.</summary>
internal static class RoundStep
{
    /// <param name="length">What the axis spans, above 0.</param>
    /// <param name="most">The most steps that fit.</param>
    public static double Of(double length, int most)
    {
        var least = length / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * ((least / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
