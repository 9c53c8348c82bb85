using System.Collections.Immutable;
using System.Numerics;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// <c>parallel auto</c>, and a block that leaves degrees out: the fastest layout that fits the devices. All are estimated by
/// formulas; the likely ones are laid out and simulated, and the fastest of those is taken. The learning is the same in all.
/// </summary>
internal sealed class LayoutSearch
{
    /// <summary>Formulas may be wrong by this much of the memory: what they put above it is not looked at.</summary>
    internal const double MemoryDoubt = 1.25;

    /// <summary>The layouts that are simulated at most, and that are enough.</summary>
    private const int MostTrials = 32;
    private const int EnoughTrials = 8;

    /// <summary>So many of those that seem to need least are laid out: estimates are often below what is needed.</summary>
    internal const int SmallestTrials = 3;

    /// <summary>A long list of actions is laid out for fewer layouts.</summary>
    private const long MostActions = 400_000;

    private readonly CheckedProgram program;
    private readonly HardwarePerformance performance;
    private readonly DeviceOffer offer;
    private readonly HardwareDescription hardware;

    public LayoutSearch(CheckedProgram program, HardwareDescription hardware, HardwarePerformance performance, DeviceOffer offer) =>
        (this.program, this.hardware, this.performance, this.offer) = (program, hardware, performance, offer);

    public SearchOutcome Run()
    {
        var found = new List<LayoutTrialResult>();
        var refused = new Dictionary<string, LayoutCandidate>(StringComparer.Ordinal);
        foreach (var worldSize in WorldSizes())
        {
            if (!offer.IsVirtual && found.Any(trial => trial.Fits))
                break;
            Try(worldSize, found, refused);
        }

        // Between machines tensor ranks are slow, so they reach over them only where nothing else holds the model.
        if (!found.Any(trial => trial.Fits))
            Try(WorldSizes().First(), found, refused, overMachines: true);
        var fitting = found.Where(trial => trial.Fits).OrderBy(trial => trial.Candidate.StepSeconds).ToArray();
        ImmutableArray<LayoutCandidate> candidates =
        [
            .. fitting.Take(EnoughTrials).Select(trial => trial.Candidate),
            .. found.Where(trial => !trial.Fits).OrderBy(trial => trial.Candidate.MemoryBytes).Take(3).Select(trial => trial.Candidate),
            .. refused.Values,
        ];
        return fitting.Length > 0
            ? new SearchOutcome(fitting[0].Option.Request(program.Parallel), candidates, null)
            : new SearchOutcome(null, candidates, NothingFits(found, candidates));
    }

    /// <summary>
    /// The numbers of ranks to look at: all that are asked for; of GPUs all there are, and fewer only where those have no
    /// layout; of cores every number that divides them.
    /// </summary>
    private IEnumerable<int> WorldSizes()
    {
        if (offer.IsStated)
            return [offer.StatedCount];
        var most = offer.Capacity > 0 ? offer.Capacity : offer.Machines.Sum(machine => machine.Machine.Cores);
        var sizes = Enumerable.Range(1, most).Reverse().Where(size => MachineShares.Of(offer, size) is not null);
        return offer.IsVirtual ? sizes.Where(size => most % size == 0) : sizes;
    }

    private void Try(
        int worldSize, List<LayoutTrialResult> found, Dictionary<string, LayoutCandidate> refused, bool overMachines = false)
    {
        var devices = Devices(worldSize);
        var ranksOfMachine = RanksOfMachine(devices);
        if (overMachines && ranksOfMachine == worldSize)
            return;
        var options = Options(worldSize, overMachines ? worldSize : ranksOfMachine);
        ImmutableArray<LayoutOption> all = overMachines
            ? [.. options.All.Where(option => ranksOfMachine % option.Degrees.Tensor != 0)]
            : options.All;
        foreach (var (layout, why) in options.Refused)
            refused.TryAdd(layout, new LayoutCandidate(layout, null, 0, "", why.Message, why.Span));
        var quick = new QuickEstimate(program, performance, devices);
        var memory = devices.Min(device => device.MemoryBytes);
        var estimated = all.Select(option => (Option: option, Estimate: quick.Of(option))).ToArray();
        var tried = new List<LayoutTrialResult>();
        var (actions, fits) = (0L, 0);
        foreach (var option in Likely(estimated, memory).Take(MostTrials))
        {
            if (fits == EnoughTrials || (actions > MostActions && fits > 0))
                break;
            var trial = Trial(option, devices, memory);
            (actions, fits) = (actions + trial.ActionCount, fits + (trial.Fits ? 1 : 0));
            tried.Add(trial);
        }

        if (fits == 0)
            tried.AddRange(Smallest(estimated).Except(tried.Select(trial => trial.Option)).Select(option => Trial(option, devices, memory)));
        found.AddRange(tried);
    }

    private ILayoutOptions Options(int worldSize, int ranksOfMachine) => program.Parallel.IsAuto
        ? new LayoutOptions(program, worldSize, ranksOfMachine, offer.IsVirtual)
        : new OpenDegrees(program, worldSize, ranksOfMachine);

    /// <summary>The greatest number of ranks in a row that never go over from one machine to the next.</summary>
    private static int RanksOfMachine(ImmutableArray<DeviceDescription> devices) => devices
        .GroupBy(device => device.Machine)
        .Select(machine => machine.Count())
        .Aggregate((one, other) => (int)BigInteger.GreatestCommonDivisor(one, other));

    /// <summary>Of what seems to fit, by estimated time; of each mesh with its shard the two best schedules.</summary>
    private static IEnumerable<LayoutOption> Likely((LayoutOption Option, Estimate Estimate)[] estimated, long memory) =>
        estimated
            .Where(pair => memory == 0 || pair.Estimate.Bytes <= memory * MemoryDoubt)
            .GroupBy(pair => (pair.Option.Degrees, pair.Option.Shard, pair.Option.Recompute))
            .SelectMany(group => group.OrderBy(pair => pair.Estimate.Seconds).Take(2))
            .OrderBy(pair => pair.Estimate.Seconds)
            .Select(pair => pair.Option);

    /// <summary>What seems to need least, which is tried before a program is refused.</summary>
    private static IEnumerable<LayoutOption> Smallest((LayoutOption Option, Estimate Estimate)[] estimated) =>
        estimated.OrderBy(pair => pair.Estimate.Bytes).Take(SmallestTrials).Select(pair => pair.Option);

    private LayoutTrialResult Trial(LayoutOption option, ImmutableArray<DeviceDescription> devices, long memory)
    {
        var laidOut = program with { Parallel = option.Request(program.Parallel) };
        var step = SimulatedStep.Slowest(LayoutTrial.Of(laidOut, option.Degrees, devices), performance);
        var needed = step.Outline.NeededBytes;
        var fits = memory == 0 || needed <= memory;
        var rejection = fits ? "" : $"needs {ByteText.Of(needed)} a rank, and {devices[0].Name} has {ByteText.Of(memory)}";
        return new LayoutTrialResult(
            option,
            new LayoutCandidate(option.Words, step.Seconds, needed, StepBinding.Of(step.Outline, step.Ranks), rejection, SourceSpan.Nowhere),
            fits,
            step.Outline.Ranks.Sum(rank => (long)rank.Update.Length));
    }

    private Diagnostic NothingFits(List<LayoutTrialResult> found, ImmutableArray<LayoutCandidate> refused)
    {
        var devices = Devices(WorldSizes().First());
        return found.Count == 0
            ? SearchErrors.NoLayout(program.Parallel.Span, devices.Length, refused)
            : SearchErrors.NoneFits(
                program.Parallel.Span,
                found.MinBy(trial => trial.Candidate.MemoryBytes)!.Candidate,
                hardware,
                LeastHardware.Of(program, performance, devices));
    }

    private ImmutableArray<DeviceDescription> Devices(int worldSize) =>
        hardware.IsJob ? hardware.JobDevices : MachineShares.Devices(offer, MachineShares.Of(offer, worldSize)!.Value);
}
