using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// Time that passes for ranks of which machines have more than cores. How long their work takes is known for when all of them
/// work (see <see cref="Hardware.Performance.HardwarePerformance.Of"/>); while some wait, the others have their part of the
/// cores, up to a whole one each.
/// </summary>
internal sealed class SharedCores
{
    /// <summary>Two that would end at the same moment do: what is left of one for rounding would be a step of its own.</summary>
    private const double Rounding = 1 + 1e-9;

    private readonly ImmutableArray<RankClock> clocks;
    private readonly ImmutableArray<Machine> machines;
    private double now;

    public SharedCores(StepOutline outline, ImmutableArray<RankClock> clocks)
    {
        this.clocks = clocks;
        var places = outline.Ranks.Select(rank => outline.Mesh.Coordinate(rank.Rank, MeshAxis.Pipeline)).ToArray();
        machines = [.. outline.Ranks.Select(rank => new Machine(
            rank.Device.Cores,
            outline.RanksBeside(rank),
            [.. places.Select(place => outline.Devices.Index().Count(device =>
                device.Item.Machine == rank.Device.Machine
                && outline.Mesh.Coordinate(device.Index, MeshAxis.Pipeline) == place))]))];
    }

    /// <summary>Whether a machine has more ranks than cores for them.</summary>
    public static bool Have(StepOutline outline) =>
        outline.Ranks.Any(rank => rank.Device.Cores > 0 && outline.RanksBeside(rank) > rank.Device.Cores);

    /// <summary>Lets time pass until the next rank is through with what it is at; false where none is at anything.</summary>
    public bool Pass()
    {
        var busy = clocks.Index().Where(clock => clock.Item.IsBusy)
            .Select(clock => (Clock: clock.Item, Speed: clock.Item.NeedsCore ? Speed(machines[clock.Index]) : 1)).ToArray();
        if (busy.Length == 0)
            return false;
        var seconds = busy.Min(each => each.Clock.Left(now) / each.Speed);
        foreach (var (clock, speed) in busy)
            clock.Pass(seconds * speed * Rounding, now, now + seconds);
        now += seconds;
        return true;
    }

    /// <summary>How many times as fast a rank of a machine is as when all of its ranks work.</summary>
    private double Speed(Machine machine)
    {
        var working = clocks.Zip(machine.Alike).Where(pair => pair.First.NeedsCore).Sum(pair => pair.Second);
        return (double)machine.Ranks / Math.Max(Math.Min(machine.Cores, machine.Ranks), working);
    }

    /// <summary>The machine of a simulated rank.</summary>
    /// <param name="Ranks">All that are there.</param>
    /// <param name="Alike">For each simulated rank, how many there are that do as it does.</param>
    private sealed record Machine(int Cores, int Ranks, ImmutableArray<int> Alike);
}
