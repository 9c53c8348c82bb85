using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;
using TorchSharp;

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

    /// <summary>Noise would leave nothing of small work.</summary>
    private const double LeastPart = 0.25;

    /// <summary>The tensors that a network of layers keeps, and what its passes make, at most.</summary>
    private const int TensorsOfNetwork = 48;

    /// <summary>The part of a rank's memory that is taken for them.</summary>
    private const int MemoryPart = 8;

    /// <summary>A figure with which work takes no time, and with which rates can still be reckoned.</summary>
    private const double Endless = 1e30;

    public ReferenceSpec Specs { get; } = new(share.Devices.Length);

    public MeasuredShare Share => share;

    /// <summary>Of the sizes of networks, by growing size, those that a rank has memory for, and the first in any case.</summary>
    /// <param name="elements">Of one tensor.</param>
    /// <param name="tensors">Of a network.</param>
    public IEnumerable<TSize> Fitting<TSize>(IEnumerable<TSize> sizes, Func<TSize, long> elements, int tensors = TensorsOfNetwork) =>
        sizes.Where((size, place) => place == 0 || tensors * sizeof(float) * elements(size) <= share.MemoryBytes / MemoryPart);

    /// <summary>The part of a core that each rank has while all work; 1 where each has one, or a GPU.</summary>
    public double Turn => share.Devices[0].type == DeviceType.CPU ? Math.Min(1, (double)machine.Cores / share.Devices.Length) : 1;

    /// <summary>
    /// With as many ranks as have a core each. Of more than that, work that is shorter than a turn on a core is mostly done in one, so
    /// that by itself it looks as if it had the core.
    /// </summary>
    public ReferenceBench WithoutTurns() => Turn < 1
        ? new ReferenceBench(machine, share with { Devices = share.Devices[..machine.Cores] }, between, pace, cancellation)
        : this;

    /// <param name="with">All figures, with one that is looked for; where it grows, work is quicker.</param>
    /// <param name="least">What is looked for is not below.</param>
    /// <param name="most">Nor above.</param>
    /// <param name="part">Of the network's time, what the work that it stands for has at least.</param>
    /// <param name="times">So many times as many rounds, of what a neighbour of the machine changes most.</param>
    public double Find(
        string spec, Func<double, SharedPerformance> with, double least, double most, double part = LeastPart, int times = 1)
    {
        cancellation.ThrowIfCancellationRequested();
        using var network = new ReferenceNetwork(machine, spec);
        var measured = Seconds(network, times);
        var others = Predicted(network, with(Endless));
        var target = Math.Max(measured, others + (part * measured));
        return Bisection.Falling(figure => Predicted(network, with(figure)), target, least, most);
    }

    /// <summary>How long an action takes in an update of a network, in seconds.</summary>
    public double SecondsOf<TAction>(string spec)
        where TAction : PlanAction
    {
        cancellation.ThrowIfCancellationRequested();
        using var network = new ReferenceNetwork(machine, spec, isTimed: true);
        var count = RoundOf(network);
        return Undisturbed.Seconds(pace.Rounds, () =>
        {
            cancellation.ThrowIfCancellationRequested();
            return network.Seconds<TAction>(count);
        });
    }

    private double Predicted(ReferenceNetwork network, SharedPerformance figures) =>
        network.Predicted(new HardwarePerformance("", [figures], between));

    private double Seconds(ReferenceNetwork network, int times)
    {
        var count = RoundOf(network);
        return Undisturbed.Seconds(pace.Rounds * times, () => Round(network, count));
    }

    /// <summary>The updates of a round of a network, which is warm then.</summary>
    private int RoundOf(ReferenceNetwork network) =>
        Math.Max(1, (int)(RoundLength * pace.RoundSeconds / Math.Max(network.Warm(pace.WarmingSeconds, cancellation), 1e-6)));

    private double Round(ReferenceNetwork network, int count)
    {
        cancellation.ThrowIfCancellationRequested();
        return network.Update(count);
    }
}
