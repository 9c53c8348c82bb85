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

    /// <summary>
    /// What each of so many ranks on one machine gets. More ranks than were measured take turns.
    /// </summary>
    public SharedPerformance Of(int ranks)
    {
        var share = Shares.LastOrDefault(share => share.Ranks <= ranks) ?? Shares[0];
        if (share.Ranks == 0 || ranks <= share.Ranks)
            return share;
        var turn = (double)share.Ranks / ranks;
        return new SharedPerformance(ranks, share.Device.Times(turn), share.Link.Times(turn));
    }
}
