using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// Trains reference networks, and finds the figure with which their prediction is what was measured: what a kind of work
/// reaches in training, between other work, with its tensors where training has them.
/// </summary>
/// <param name="machine">Without a calibration.</param>
/// <param name="share">The ranks, all of which train.</param>
internal sealed class ReferenceBench(
    HardwareDescription machine, MeasuredShare share, LinkPerformance between, MeasuringPace pace, CancellationToken cancellation)
{
    /// <summary>A network has so many rounds, each so many times longer than one of a single kernel.</summary>
    private const int RoundLength = 4;
    private const int Warming = 3;

    /// <summary>Noise would leave nothing of small work.</summary>
    private const double LeastPart = 0.25;

    /// <summary>A figure with which work takes no time, and with which rates can still be reckoned.</summary>
    private const double Endless = 1e30;

    public ReferenceSpec Specs { get; } = new(share.Devices.Length);

    public MeasuredShare Share => share;

    /// <param name="with">All figures, with one that is looked for; where it grows, work is quicker.</param>
    /// <param name="least">What is looked for is not below.</param>
    /// <param name="most">Nor above.</param>
    /// <param name="part">Of the network's time, what the work that it stands for has at least.</param>
    public double Find(
        string spec, Func<double, SharedPerformance> with, double least, double most, double part = LeastPart)
    {
        cancellation.ThrowIfCancellationRequested();
        using var network = new ReferenceNetwork(machine, spec);
        var measured = Seconds(network);
        var others = Predicted(network, with(Endless));
        var target = Math.Max(measured, others + (part * measured));
        return Bisection.Falling(figure => Predicted(network, with(figure)), target, least, most);
    }

    private double Predicted(ReferenceNetwork network, SharedPerformance figures) =>
        network.Predicted(new HardwarePerformance("", [figures], between));

    private double Seconds(ReferenceNetwork network)
    {
        network.Update(Warming);
        var count = Math.Max(1, (int)(RoundLength * pace.RoundSeconds / Math.Max(network.Update(1), 1e-6)));
        return Undisturbed.Seconds(pace.Rounds, () => Round(network, count));
    }

    private double Round(ReferenceNetwork network, int count)
    {
        cancellation.ThrowIfCancellationRequested();
        return network.Update(count);
    }
}
