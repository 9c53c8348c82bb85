using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>How long a layer took in training.</summary>
/// <param name="Samples">Of one pass on one rank.</param>
/// <param name="ForwardSeconds">Of one pass.</param>
/// <param name="BackwardSeconds">Of one pass; 0 where nothing learns from it.</param>
public readonly record struct LayerSpeed(int Samples, double ForwardSeconds, double BackwardSeconds)
{
    /// <summary>Of both passes.</summary>
    public double Seconds => ForwardSeconds + BackwardSeconds;

    /// <param name="alike">For the same number of samples, at least one.</param>
    public static LayerSpeed Mean(ImmutableArray<LayerSpeed> alike) => new(
        alike[0].Samples, alike.Average(speed => speed.ForwardSeconds), alike.Average(speed => speed.BackwardSeconds));

    public LayerSpeed Times(double factor) => this with
    {
        ForwardSeconds = ForwardSeconds / factor,
        BackwardSeconds = BackwardSeconds / factor,
    };
}
