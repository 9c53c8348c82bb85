using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What a rank has of its machine's cores where there are more ranks than cores: as measured while all of them work, an even share,
/// and more where others wait, up to a core of its own.
/// </summary>
internal sealed class SharedCores
{
    private readonly ImmutableArray<Seat> seats;

    public SharedCores(StepOutline outline, HardwarePerformance performance) =>
        seats = [.. outline.Ranks.Select(rank => Of(outline, rank, performance))];

    /// <summary>Whether there are more ranks than cores anywhere.</summary>
    public bool AreShared => seats.Any(seat => seat.IsShared);

    /// <summary>How many times as fast a simulated rank is as while all ranks of its machine work.</summary>
    /// <param name="place">The rank's place in the pipeline.</param>
    /// <param name="works">Whether the ranks of each place work now.</param>
    public double Speed(int place, Func<int, bool> works)
    {
        var seat = seats[place];
        if (!seat.IsShared)
            return 1;
        var busy = seat.RanksByPlace.Where((_, other) => works(other)).Sum();
        return (double)seat.RanksByPlace.Sum() / Math.Max(seat.Cores, busy);
    }

    private static Seat Of(StepOutline outline, RankPlan rank, HardwarePerformance performance)
    {
        var neighbours = outline.Devices.Index().Where(device => device.Item.Machine == rank.Device.Machine).ToArray();
        ImmutableArray<int> byPlace =
        [
            .. outline.Ranks.Select(other => neighbours.Count(device => Place(device.Index) == Place(other.Rank))),
        ];
        var knows = rank.Device.MachineCores > 0 && performance.Of(neighbours.Length).Ranks > 0;
        return new Seat(knows ? rank.Device.MachineCores : int.MaxValue, byPlace);

        int Place(int index) => outline.Mesh.Coordinate(index, MeshAxis.Pipeline);
    }

    /// <summary>A rank's machine.</summary>
    /// <param name="RanksByPlace">Its ranks, by their places in pipelines: those of one place do alike.</param>
    private sealed record Seat(int Cores, ImmutableArray<int> RanksByPlace)
    {
        public bool IsShared => RanksByPlace.Sum() > Cores;
    }
}
