namespace ParDsl.Compiler.Checked;

/// <summary>The element type of parameters, activations and gradients.</summary>
public enum Precision
{
    Float32,
    Float64,
    BFloat16,
    Float16,
}

public static class PrecisionFacts
{
    public static int ElementBytes(this Precision precision) => precision switch
    {
        Precision.Float32 => sizeof(float),
        Precision.Float64 => sizeof(double),
        Precision.BFloat16 or Precision.Float16 => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    /// <summary>The most that one rounding changes a number by, relative to it: 2^-p of p significant bits.</summary>
    public static double UnitRoundoff(this Precision precision) => precision switch
    {
        Precision.Float32 => Math.ScaleB(1, -24),
        Precision.Float64 => Math.ScaleB(1, -53),
        Precision.BFloat16 => Math.ScaleB(1, -8),
        Precision.Float16 => Math.ScaleB(1, -11),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    /// <summary>
    /// What weights are updated in, and statistics, losses and targets kept in: float32 at least, since a small update is
    /// lost in the rounding of 16 bits.
    /// </summary>
    public static Precision Master(this Precision precision) => precision.HasMasters() ? Precision.Float32 : precision;

    /// <summary>Whether weights are kept a second time, in float32, where they are updated.</summary>
    public static bool HasMasters(this Precision precision) => precision is Precision.BFloat16 or Precision.Float16;

    /// <summary>Whether the loss is scaled for the backward pass: float16 has no small numbers, bfloat16 has float32's.</summary>
    public static bool ScalesLoss(this Precision precision) => precision is Precision.Float16;

    /// <summary>Its name in the language, which is PyTorch's.</summary>
    public static string Name(this Precision precision) => precision switch
    {
        Precision.Float32 => "float32",
        Precision.Float64 => "float64",
        Precision.BFloat16 => "bfloat16",
        Precision.Float16 => "float16",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };
}
