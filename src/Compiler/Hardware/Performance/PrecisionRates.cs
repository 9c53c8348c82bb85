using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>A curve for each precision.</summary>
public sealed record PrecisionRates(RateCurve Float64, RateCurve Float32, RateCurve BFloat16, RateCurve Float16)
{
    public RateCurve Of(Precision precision) => precision switch
    {
        Precision.Float64 => Float64,
        Precision.Float32 => Float32,
        Precision.BFloat16 => BFloat16,
        Precision.Float16 => Float16,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    public PrecisionRates Times(double factor) =>
        new(Float64.Times(factor), Float32.Times(factor), BFloat16.Times(factor), Float16.Times(factor));

    /// <summary>With a factor that depends on the size of the work.</summary>
    public PrecisionRates Times(RateCurve factors) =>
        new(Float64.Times(factors), Float32.Times(factors), BFloat16.Times(factors), Float16.Times(factors));
}
