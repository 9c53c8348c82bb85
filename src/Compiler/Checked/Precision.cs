namespace ParDsl.Compiler.Checked;

/// <summary>The element type of parameters, activations and gradients.</summary>
public enum Precision
{
    Float32,
    Float64,
}

public static class PrecisionFacts
{
    public static int ElementBytes(this Precision precision) => precision switch
    {
        Precision.Float32 => sizeof(float),
        Precision.Float64 => sizeof(double),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };
}
