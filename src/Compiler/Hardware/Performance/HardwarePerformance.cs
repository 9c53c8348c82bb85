using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>How fast a machine and its links are: from the table of known hardware, or measured.</summary>
/// <param name="Origin">Where the figures come from: <c>h100, by its data sheet</c>, <c>calibrated on 2026-11-26</c>.</param>
/// <param name="Shares">By growing number of ranks, at least one.</param>
/// <param name="BetweenMachines">
/// What goes from one machine to another: by each GPU, which has a way of its own, or by all cores of a machine, whose ranks
/// share it.
/// </param>
public sealed record HardwarePerformance(
    string Origin, ImmutableArray<SharedPerformance> Shares, LinkPerformance BetweenMachines)
{
    /// <summary>What products ask for on cores, as far as it was measured; GPUs have none.</summary>
    public PanelSizes Panels { get; init; } = PanelSizes.None;

    /// <summary>What one rank sends to a rank of another machine when all of the so many ranks of its machine do.</summary>
    public LinkPerformance BetweenMachinesFor(int ranks) => Shares[0].Ranks == 0
        ? BetweenMachines
        : BetweenMachines with { BytesPerSecond = BetweenMachines.BytesPerSecond / ranks };

    /// <summary>With the quicker measures of layers of both, for the numbers of ranks that both have.</summary>
    public HardwarePerformance QuickerLayers(HardwarePerformance other) => this with
    {
        Shares =
        [
            .. Shares.Select(share => other.Shares.FirstOrDefault(one => one.Ranks == share.Ranks) is { } same
                ? share with { Device = share.Device with { Layers = share.Device.Layers.Quicker(same.Device.Layers) } }
                : share),
        ],
    };

    /// <summary>
    /// What each of so many ranks on one machine gets. Between two measured numbers a rank has fewer cores than of the smaller one,
    /// and what does not depend on them lies between the two; more ranks than were measured take turns.
    /// </summary>
    public SharedPerformance Of(int ranks)
    {
        var share = Shares.LastOrDefault(share => share.Ranks <= ranks) ?? Shares[0];
        if (share.Ranks == 0 || ranks <= share.Ranks)
            return share;
        var turn = (double)share.Ranks / ranks;
        var (device, link) = (share.Device.Times(turn), share.Link.Times(turn));
        if (Shares.FirstOrDefault(larger => larger.Ranks > ranks) is not { } next)
            return new SharedPerformance(ranks, device, link);
        return new SharedPerformance(
            ranks,
            device with { OperationSeconds = Between(share.Device.OperationSeconds, next.Device.OperationSeconds) },
            link with
            {
                LatencySeconds = Between(share.Link.LatencySeconds, next.Link.LatencySeconds),
                HandOverSeconds = Between(share.Link.HandOverSeconds, next.Link.HandOverSeconds),
                MessageSeconds = Between(share.Link.MessageSeconds, next.Link.MessageSeconds),
            });

        double Between(double few, double many) => few + ((many - few) * (ranks - share.Ranks) / (next.Ranks - share.Ranks));
    }
}
