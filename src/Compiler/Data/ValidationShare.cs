namespace ParDsl.Compiler.Data;

/// <summary>How many samples a fraction keeps back for validation: the same number for the checker and the readers.</summary>
public static class ValidationShare
{
    /// <summary>The fraction rounded to whole samples, halves up; at least one sample is left to train on.</summary>
    public static long CountOf(long count, double fraction) =>
        Math.Min((long)Math.Round(count * fraction, MidpointRounding.AwayFromZero), Math.Max(0, count - 1));
}
