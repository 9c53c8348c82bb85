using System.Collections.Immutable;
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

    /// <summary>And by this much of the time: of fewer devices nothing is looked at that they make so much slower.</summary>
    private const double TimeDoubt = 1.5;

    /// <summary>The layouts that are simulated at most, and that are enough.</summary>
    private const int MostTrials = 32;
    private const int EnoughTrials = 8;

    /// <summary>So many of those that seem to need least are laid out at least: estimates are often below what is needed.</summary>
    internal const int SmallestTrials = 3;

    /// <summary>A long list of actions is laid out for fewer layouts, and of short ones all that may be are.</summary>
    private const long MostActions = 400_000;
    private const long FewActions = 20_000;

    private readonly CheckedProgram program;
    private readonly HardwarePerformance performance;
    private readonly DeviceOffer offer;
    private readonly HardwareDescription hardware;
    private readonly WorldSizes sizes;
    private readonly bool isBatchFound;

    /// <param name="isBatchFound">Whether the batch is that of <c>batch auto</c>.</param>
    public LayoutSearch(
        CheckedProgram program, HardwareDescription hardware, HardwarePerformance performance, DeviceOffer offer, bool isBatchFound = false)
    {
        this.isBatchFound = isBatchFound;
        (this.program, this.hardware, this.performance, this.offer) = (program, hardware, performance, offer);
        sizes = WorldSizes.Of(offer, fills: !program.Parallel.IsAuto);
    }

    public SearchOutcome Run()
    {
        var found = new List<LayoutTrialResult>();
        var refused = new Dictionary<string, LayoutCandidate>(StringComparer.Ordinal);
        foreach (var worldSize in sizes.All.TakeWhile(_ => sizes.ComparesAll || !found.Any(trial => trial.Fits)))
        {
            if (!IsHopeless(worldSize, found))
                Try(worldSize, found, refused);
        }

        if (sizes.ComparesFewer && found.FirstOrDefault(trial => trial.Fits)?.Option.Degrees.WorldSize is { } most)
        {
            foreach (var worldSize in sizes.All.Where(size => size < most && most % size == 0))
                Try(worldSize, found, refused);
        }

        // Between machines tensor ranks are slow, so they reach over them only where nothing else holds the model.
        var isNarrow = !found.Any(trial => trial.Fits);
        if (isNarrow)
            Try(sizes.All[0], found, refused, overMachines: true);
        return Outcome(found, [.. refused.Values], isNarrow);
    }

    /// <summary>Whether no layout of so many ranks fits, or comes nearer to it than one that was found.</summary>
    private bool IsHopeless(int worldSize, List<LayoutTrialResult> found)
    {
        var least = ParameterBytes.LeastOfRank(program, worldSize) / Devices(worldSize).Min(device => device.MemoryBytes);
        return found.Count > 0 && least > Math.Max(1, found.Min(Share));
    }

    /// <param name="isNarrow">Whether nothing fits where tensor ranks stay within machines.</param>
    private SearchOutcome Outcome(List<LayoutTrialResult> found, ImmutableArray<LayoutCandidate> refused, bool isNarrow)
    {
        var fitting = found
            .Where(trial => trial.Fits)
            .OrderBy(trial => trial.Candidate.StepSeconds)
            .ThenBy(trial => trial.Option.Degrees.WorldSize)
            .ToArray();
        ImmutableArray<LayoutCandidate> candidates =
        [
            .. fitting.Take(EnoughTrials).Select(trial => trial.Candidate),
            .. found.Where(trial => !trial.Fits).OrderBy(trial => trial.Candidate.MemoryBytes).Take(3).Select(trial => trial.Candidate),
            .. refused,
        ];
        if (fitting.Length == 0)
            return new SearchOutcome(null, candidates, program.Parallel.IsAuto ? NothingFits(found, candidates) : null);
        var best = fitting[0].Option;
        return new SearchOutcome(best.Request(program.Parallel), candidates, null)
        {
            Notes =
            [
                .. SearchNotes.Idle(fitting, offer),
                .. MachineNotes.Of(MeshGroups.Mesh(best.Degrees), Devices(best.Degrees.WorldSize), isNarrow),
            ],
        };
    }

    private void Try(
        int worldSize, List<LayoutTrialResult> found, Dictionary<string, LayoutCandidate> refused, bool overMachines = false)
    {
        var devices = Devices(worldSize);
        var ranksOfMachine = MachineShares.RanksInARow(devices);
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
        var slow = Slow(found);
        var estimated = all.Select(option => (Option: option, Estimate: quick.Of(option))).Where(pair => pair.Estimate.Seconds < slow).ToArray();
        var tried = Trials(Likely(estimated, memory), devices, memory, EnoughTrials, least: MostTrials);
        tried.AddRange(Trials(
            Narrower(tried, estimated, memory).Take(EnoughTrials), devices, memory, SmallestTrials, least: SmallestTrials));
        if (!tried.Any(trial => trial.Fits))
            tried.AddRange(Trials(
                Smallest(estimated).Except(tried.Select(trial => trial.Option)), devices, memory, SmallestTrials, least: SmallestTrials));
        found.AddRange(tried);
    }

    /// <summary>
    /// Lays layouts out until enough of them fit and their lists of actions are no longer short, or those have become long.
    /// </summary>
    /// <param name="least">So many are looked at however long their lists are, as long as none fits.</param>
    private List<LayoutTrialResult> Trials(
        IEnumerable<LayoutOption> options, ImmutableArray<DeviceDescription> devices, long memory, int enough, int least)
    {
        var tried = new List<LayoutTrialResult>();
        var (actions, fits) = (0L, 0);
        foreach (var option in options.Take(MostTrials))
        {
            if ((fits >= enough && actions > FewActions) || (actions > MostActions && (fits > 0 || tried.Count >= least)))
                break;
            var trial = Trial(option, devices, memory);
            (actions, fits) = (actions + trial.ActionCount, fits + (trial.Fits ? 1 : 0));
            tried.Add(trial);
        }

        return tried;
    }

    /// <summary>What fewer GPUs than others would have to take less than, by an estimate, to be laid out.</summary>
    private double Slow(List<LayoutTrialResult> found) => sizes.ComparesAll
        ? double.PositiveInfinity
        : TimeDoubt * found.Where(trial => trial.Fits).Min(trial => trial.Candidate.StepSeconds) ?? double.PositiveInfinity;

    private ILayoutOptions Options(int worldSize, int ranksOfMachine) => program.Parallel.IsAuto
        ? new LayoutOptions(program, worldSize, ranksOfMachine, offer.IsVirtual)
        : new OpenDegrees(program, worldSize, ranksOfMachine);

    /// <summary>
    /// Of what seems to fit, by estimated time; of each mesh with its shard the two best schedules, each with the micro-batches that
    /// seem best for it, and the best that fits without doubt.
    /// </summary>
    private static IEnumerable<LayoutOption> Likely((LayoutOption Option, Estimate Estimate)[] estimated, long memory) =>
        estimated
            .Where(pair => memory == 0 || pair.Estimate.Bytes <= memory * MemoryDoubt)
            .GroupBy(pair => (pair.Option.Degrees, pair.Option.Shard, pair.Option.Recompute))
            .SelectMany(group => group
                .OrderBy(pair => pair.Estimate.Seconds)
                .DistinctBy(pair => (pair.Option.Schedule, pair.Option.Chunks, pair.Option.DividesSequence))
                .Take(2)
                .Concat(group.Where(pair => memory == 0 || pair.Estimate.Bytes <= memory).OrderBy(pair => pair.Estimate.Seconds).Take(1))
                .Distinct())
            .OrderBy(pair => pair.Estimate.Seconds)
            .Select(pair => pair.Option);

    /// <summary>
    /// What was laid out and does not fit, in smaller micro-batches: the fastest of each that does if its estimate errs as that of the
    /// other did.
    /// </summary>
    private static IEnumerable<LayoutOption> Narrower(
        List<LayoutTrialResult> tried, (LayoutOption Option, Estimate Estimate)[] estimated, long memory)
    {
        return tried
            .Where(trial => !trial.Fits)
            .Select(Smaller)
            .OfType<LayoutOption>()
            .Distinct()
            .Except(tried.Select(trial => trial.Option));

        LayoutOption? Smaller(LayoutTrialResult trial)
        {
            var estimate = estimated.First(pair => pair.Option == trial.Option).Estimate.Bytes;
            return estimated
                .Where(pair => pair.Option.MicroBatches > trial.Option.MicroBatches
                    && pair.Option with { MicroBatches = trial.Option.MicroBatches } == trial.Option
                    && pair.Estimate.Bytes * trial.Candidate.MemoryBytes <= memory * estimate)
                .OrderBy(pair => pair.Estimate.Seconds)
                .Select(pair => pair.Option)
                .FirstOrDefault();
        }
    }

    /// <summary>What seems to need least, which is tried before a program is refused: of each mesh one, since estimates err alike there.</summary>
    internal static IEnumerable<LayoutOption> Smallest(IEnumerable<(LayoutOption Option, Estimate Estimate)> estimated) => estimated
        .OrderBy(pair => pair.Estimate.Bytes)
        .Select(pair => pair.Option)
        .DistinctBy(option => (option.Degrees, option.Shard, option.Recompute, option.DividesSequence));

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
        var devices = Devices(sizes.All[0]);
        if (found.Count == 0)
            return SearchErrors.NoLayout(
                program.Parallel.Span, devices.Length, refused, BatchCut.NextEven(program, devices.Length), hardware, offer.IsStated);
        var least = found.MinBy(Share)!;
        var enough = new EnoughMemory(program, performance, devices).Words(least, keepsBatch: !isBatchFound);
        return SearchErrors.NoneFits(
            program.Parallel.Span, least.Candidate, hardware, isBatchFound ? program.Training.GlobalBatch : null, [.. enough]);
    }

    /// <summary>Of the memory that a device has: fewer ranks on cores have more of it each.</summary>
    private double Share(LayoutTrialResult trial) =>
        (double)trial.Candidate.MemoryBytes / Devices(trial.Option.Degrees.WorldSize).Min(device => device.MemoryBytes);

    private ImmutableArray<DeviceDescription> Devices(int worldSize) => MachineShares.Devices(hardware, offer, worldSize);
}
