using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// Time that passes for ranks of which machines have more than cores. How long their work takes is known for when all of them
/// work (see <see cref="Hardware.Performance.HardwarePerformance.Of"/>); while some wait, the others have their part of the
/// cores, up to a whole one each. A collective between machines is taken to need a core, too.
/// </summary>
internal sealed class SharedCores
{
    /// <summary>Two that would end at the same moment do: what is left of one for rounding would be a step of its own.</summary>
    private const double Rounding = 1 + 1e-9;

    private readonly ImmutableArray<RankClock> clocks;
    private readonly ImmutableArray<Machine> machines;

    /// <summary>Of each simulated rank.</summary>
    private readonly ImmutableArray<int> machineOf;
    private double now;

    public SharedCores(StepOutline outline, ImmutableArray<RankClock> clocks)
    {
        this.clocks = clocks;
        var alike = outline.Devices.Index().CountBy(device => (device.Item.Machine, Place(device.Index))).ToDictionary();
        ImmutableArray<RankPlan> firsts = [.. outline.Ranks.DistinctBy(rank => rank.Device.Machine)];
        machines = [.. firsts.Select(first => new Machine(
            first.Device.Cores,
            outline.RanksBeside(first),
            [.. outline.Ranks.Select(rank => alike.GetValueOrDefault((first.Device.Machine, Place(rank.Rank))))]))];
        ImmutableArray<int> numbers = [.. firsts.Select(first => first.Device.Machine)];
        machineOf = [.. outline.Ranks.Select(rank => numbers.IndexOf(rank.Device.Machine))];

        int Place(int rank) => outline.Mesh.Coordinate(rank, MeshAxis.Pipeline);
    }

    /// <summary>Whether a machine has more ranks than cores for them.</summary>
    public static bool Have(StepOutline outline) =>
        outline.Ranks.Any(rank => rank.Device.Cores > 0 && outline.RanksBeside(rank) > rank.Device.Cores);

    /// <summary>Lets time pass until the next rank is through with what it is at; false where none is at anything.</summary>
    public bool Pass()
    {
        var speeds = machines.Select(Speed).ToArray();
        var busy = clocks.Index().Where(clock => clock.Item.IsBusy)
            .Select(clock => (Clock: clock.Item, Speed: clock.Item.NeedsCore ? speeds[machineOf[clock.Index]] : 1)).ToArray();
        if (busy.Length == 0)
            return false;
        var seconds = busy.Min(each => each.Clock.Left(now) / each.Speed);
        foreach (var (clock, speed) in busy)
            clock.Pass(seconds * speed * Rounding, now, now + seconds);
        now += seconds;
        return true;
    }

    /// <summary>How many times as fast the ranks of a machine are that work as when all of them do.</summary>
    private double Speed(Machine machine)
    {
        var working = 0;
        for (var rank = 0; rank < clocks.Length; rank++)
            working += clocks[rank].NeedsCore ? machine.Alike[rank] : 0;
        return (double)machine.Ranks / Math.Max(Math.Min(machine.Cores, machine.Ranks), working);
    }

    /// <summary>A machine of simulated ranks.</summary>
    /// <param name="Ranks">All that are there.</param>
    /// <param name="Alike">For each simulated rank, how many there are that do as it does.</param>
    private sealed record Machine(int Cores, int Ranks, ImmutableArray<int> Alike);
}
