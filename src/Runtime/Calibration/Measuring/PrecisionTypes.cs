using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Ranks;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>One kind of work in every precision.</summary>
internal static class PrecisionTypes
{
    public static PrecisionRates Each(Func<ScalarType, RateCurve> measure) => new(
        measure(RankDevice.ElementType(Precision.Float64)),
        measure(RankDevice.ElementType(Precision.Float32)),
        measure(RankDevice.ElementType(Precision.BFloat16)),
        measure(RankDevice.ElementType(Precision.Float16)));
}
