using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using TorchSharp;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>The link between the ranks, from all-reduces by the engine that would run them.</summary>
internal static class LinkMeasure
{
    /// <summary>Bytes of a rank's tensor: from a loss to a bucket.</summary>
    private static readonly ImmutableArray<long> Sizes = [1 << 8, 1 << 14, 1 << 18, 1 << 20, 4 << 20, 16 << 20];

    /// <param name="hasNccl">Whether it moves the bytes between GPUs.</param>
    public static LinkPerformance Of(RankTeam team, bool hasNccl)
    {
        if (hasNccl && team.Devices[0].type == DeviceType.CUDA)
        {
            var groups = NcclGroup.CreateLocal(
                NcclLibrary.Find(), team.Devices, new NcclGroupSettings { Failures = team.Failures });
            return Through(team, [.. groups], groups);
        }

        var doors = InProcessGroup.Create(team.Size, team.Size, team.Failures);
        return Through(team, [.. doors], doors);
    }

    private static LinkPerformance Through(
        RankTeam team, ImmutableArray<ICollectiveGroup> doors, IReadOnlyList<IDisposable> owned)
    {
        try
        {
            return LinkFit.Of(team.Size, [.. Sizes.Select(bytes =>
                ((double)bytes, team.SecondsOf((rank, device) => new AllReduceWork(doors[rank], bytes, device))))]);
        }
        finally
        {
            foreach (var door in owned)
                door.Dispose();
        }
    }
}
