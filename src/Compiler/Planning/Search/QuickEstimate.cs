using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// Tells in microseconds about how long a layout's update takes and what it holds, by formulas: so that of thousands of
/// layouts only the likely ones are laid out and simulated.
/// </summary>
internal sealed class QuickEstimate
{
    private readonly CheckedProgram program;
    private readonly ImmutableArray<DeviceDescription> devices;
    private readonly WorkTimes times;
    private readonly MoveTimes moves;

    /// <summary>A rank's part of the cores while all work, a whole one at most; 1 for a GPU.</summary>
    private readonly double coresOfRank;
    private readonly Dictionary<(int Tensor, bool DividesSequence), TensorPlan> tensors = [];
    private readonly Dictionary<(int Tensor, bool DividesSequence, bool HasReplicas, int Samples), LayerSums> sums = [];
    private readonly Dictionary<(int Tensor, bool DividesSequence, int Samples), LayerWorkspaces> workspaces = [];
    private readonly Dictionary<(int Pipeline, int Chunks), ImmutableArray<StageRange>> stages = [];

    /// <param name="devices">Of all ranks, the same for every option.</param>
    public QuickEstimate(CheckedProgram program, HardwarePerformance performance, ImmutableArray<DeviceDescription> devices)
    {
        (this.program, this.devices) = (program, devices);
        var neighbours = devices.Count(device => device.Machine == devices[0].Machine);
        var share = performance.Of(neighbours);
        times = new WorkTimes(share.Device, program.Training.Precision);
        moves = new MoveTimes(share.Link, performance.BetweenMachinesFor(neighbours));
        coresOfRank = Overlaps ? 1 : Math.Min(1, (double)devices[0].Cores / neighbours);
    }

    private Precision Precision => program.Training.Precision;

    private bool Overlaps => devices[0].Kind == DeviceKind.Cuda;

    public Estimate Of(LayoutOption option)
    {
        var degrees = option.Degrees;
        var microBatches = checked((int)(program.Training.Accumulate * option.MicroBatches));
        var samples = Samples(option);
        var costs = Ranks(option, Sums(option, samples));
        var passes = costs.Select(cost => cost.Pass + (option.Recompute.IsWanted ? cost.Forward + (cost.Moves / 2) : 0)).ToArray();
        var slowest = Array.IndexOf(passes, passes.Max());
        // A slow stage has more of the cores while those wait that are not as slow.
        var seconds = (microBatches * Math.Max(passes.Average(), coresOfRank * passes[slowest]))
            + Idle(option, costs, passes)
            + Messages(option, samples, microBatches)
            + costs.Max(cost => Update(option, cost))
            + Data(option, costs[slowest], microBatches);
        return new Estimate(
            seconds, costs.Select((cost, rank) => Bytes(option, cost, rank, microBatches) + BesideLayers(option, rank)).Max());
    }

    /// <summary>What a rank of the pipeline holds for loaded batches, which its first and its last have, and for its kernels.</summary>
    public long BesideLayers(LayoutOption option, int rank)
    {
        var (pipeline, samples) = (option.Degrees.Pipeline, Samples(option));
        var workspaces = Workspaces(option, samples);
        var workspace = StagesOf(option, rank).Max(workspaces.Of);
        return workspace + (rank == 0 || rank == pipeline - 1 ? LoadedBatches.Bytes(program, samples, devices[0].Kind) : 0);
    }

    /// <summary>A rank's share of a micro-batch.</summary>
    private int Samples(LayoutOption option) =>
        checked((int)(program.Training.GlobalBatch / (program.Training.Accumulate * option.MicroBatches) / option.Degrees.Data));

    /// <summary>What each rank of a pipeline costs, all its chunks together.</summary>
    private LayerCost[] Ranks(LayoutOption option, LayerSums layers)
    {
        var pipeline = option.Degrees.Pipeline;
        var costs = new LayerCost[pipeline];
        foreach (var stage in Stages(option))
            costs[stage.Stage % pipeline] += layers.Of(stage.FirstLayer, stage.LayerCount);
        return costs;
    }

    /// <summary>
    /// Until the last rank has its first micro-batch, and after the first one has its last. Ranks that share cores leave them to the
    /// others meanwhile.
    /// </summary>
    private double Idle(LayoutOption option, LayerCost[] costs, double[] passes)
    {
        var mean = option.Schedule == ScheduleKind.ZeroBubble
            ? passes.Average() - (2 * costs.Average(cost => cost.WeightGradient))
            : passes.Average();
        return coresOfRank * (option.Degrees.Pipeline - 1) * Math.Max(0, mean) / option.Chunks;
    }

    /// <summary>
    /// A message's way is waited for while the pipeline fills and drains, and where forward and backward passes take turns for
    /// each micro-batch; each costs its call, and on the cores of one machine a copy of its sender's and one of its receiver's.
    /// </summary>
    private double Messages(LayoutOption option, int samples, int microBatches)
    {
        var pipeline = option.Degrees.Pipeline;
        if (pipeline == 1)
            return 0;
        var crosses = devices[0].Machine != devices[option.Degrees.Tensor].Machine;
        var layers = program.Model.Layers.Length;
        var bytes = Sums(option, samples).Of(0, layers).Outputs / layers;
        var message = moves.Message(crosses, bytes);
        var copy = Overlaps || crosses ? 0 : moves.Copy(bytes);
        var waits = option.Schedule == ScheduleKind.Gpipe ? 0 : Math.Max(0, microBatches - 1);
        var ofRank = 4 * option.Chunks * microBatches;
        return (((2 * (pipeline - 1)) + waits) * message) + times.Calls(ofRank) + (ofRank * copy);
    }

    private double Update(LayoutOption option, LayerCost cost) =>
        times.Update(program.Training, cost.Parameters / Shards(option)) + times.Calls(20);

    /// <summary>What data ranks move and wait for.</summary>
    private double Data(LayoutOption option, LayerCost cost, int microBatches)
    {
        if (option.Degrees.Data == 1)
            return 0;
        var reach = DataReach(option.Degrees);
        var bytes = cost.Parameters * Precision.ElementBytes();
        var gather = moves.Collective(CollectiveKind.AllGather, reach, bytes / reach.Ranks);
        var scatter = moves.Collective(CollectiveKind.ReduceScatter, reach, bytes);
        var backward = cost.InputGradient + cost.WeightGradient;
        return option.Shard switch
        {
            ShardLevel.None => Hidden(moves.Collective(CollectiveKind.AllReduce, reach, bytes), backward),
            ShardLevel.Optimizer => Hidden(scatter, backward) + gather,
            ShardLevel.Gradients => (microBatches * Hidden(scatter, backward)) + gather,
            _ => microBatches * (Hidden(scatter + gather, backward) + Hidden(gather, cost.Forward)),
        };
    }

    /// <summary>What is left of a move that goes on beside a pass; a tenth of it always is: the last bucket.</summary>
    private double Hidden(double move, double pass) => Overlaps ? Math.Max(move / 10, move - pass) : move;

    private GroupReach DataReach(Degrees degrees)
    {
        var stride = degrees.Pipeline * degrees.Tensor;
        var machines = Enumerable.Range(0, degrees.Data).Select(place => devices[place * stride].Machine).Distinct().Count();
        return new GroupReach(degrees.Data, machines);
    }

    private double Bytes(LayoutOption option, LayerCost cost, int rank, int microBatches)
    {
        var parameters = cost.Parameters * ParameterBytes.OfElement(program.Training, option.Shard, option.Degrees.Data);
        var inFlight = InFlight(option, rank, microBatches);
        var layers = Math.Max(1, (double)program.Model.Layers.Length / option.Degrees.Pipeline);
        var activations = option.Recompute.IsWanted
            ? ((inFlight * cost.Outputs) + cost.Kept) / Math.Sqrt(layers)
            : inFlight * cost.Kept;
        return parameters + activations + (Precision.ElementBytes() * WholeBuckets(option, rank));
    }

    /// <summary>
    /// The elements of whole buckets that a rank holds at its peak beside its shards: a bucket's gradients, and where parameters
    /// are fetched that one and the next. A bucket has a layer at least, so one large layer makes it large.
    /// </summary>
    private double WholeBuckets(LayoutOption option, int rank)
    {
        var largest = option.Shard < ShardLevel.Gradients ? 0 : Largest(option, rank);
        return option.Shard == ShardLevel.Parameters ? 2 * largest : largest;
    }

    /// <summary>The elements of the largest layer of a rank's stages.</summary>
    private long Largest(LayoutOption option, int rank)
    {
        var layers = Tensor(option.Degrees.Tensor, option.DividesSequence).LocalModel.Layers;
        return StagesOf(option, rank)
            .SelectMany(stage => Enumerable.Range(stage.FirstLayer, stage.LayerCount))
            .Max(layer => layers[layer].ParameterCount);
    }

    /// <summary>The micro-batches that a rank holds at once.</summary>
    private static double InFlight(LayoutOption option, int rank, int microBatches)
    {
        var pipeline = option.Degrees.Pipeline;
        if (pipeline == 1)
            return 1;
        double held = option.Schedule switch
        {
            ScheduleKind.Gpipe => microBatches,
            ScheduleKind.OneForwardOneBackward => pipeline - rank,
            ScheduleKind.ZeroBubble => pipeline,
            _ => ((option.Chunks - 1) * pipeline + (2 * (pipeline - rank - 1)) + 1) / (double)option.Chunks,
        };
        return Math.Min(held, microBatches);
    }

    private static int Shards(LayoutOption option) => option.Shard == ShardLevel.None ? 1 : option.Degrees.Data;

    /// <summary>Those of one rank, found without going through those of all.</summary>
    private IEnumerable<StageRange> StagesOf(LayoutOption option, int rank) =>
        Enumerable.Range(0, option.Chunks).Select(chunk => Stages(option)[(chunk * option.Degrees.Pipeline) + rank]);

    private ImmutableArray<StageRange> Stages(LayoutOption option)
    {
        var key = (option.Degrees.Pipeline, option.Chunks);
        if (!stages.TryGetValue(key, out var cut))
        {
            var laidOut = program with { Parallel = option.Request(program.Parallel) };
            stages.Add(key, cut = StageCut.Cut(laidOut, option.Degrees.Pipeline));
        }

        return cut;
    }

    private TensorPlan Tensor(int degree, bool dividesSequence)
    {
        if (!tensors.TryGetValue((degree, dividesSequence), out var plan))
        {
            var request = new TensorRequest(degree, dividesSequence, program.Parallel.Span);
            plan = TensorSplit.Of(program with { Parallel = program.Parallel with { Tensor = request } }, degree);
            tensors.Add((degree, dividesSequence), plan);
        }

        return plan;
    }

    private LayerWorkspaces Workspaces(LayoutOption option, int samples)
    {
        var key = (option.Degrees.Tensor, option.DividesSequence, samples);
        if (!workspaces.TryGetValue(key, out var found))
        {
            var tensor = Tensor(option.Degrees.Tensor, option.DividesSequence);
            workspaces.Add(key, found = new LayerWorkspaces(program, tensor, samples, devices[0]));
        }

        return found;
    }

    /// <summary>Where a sequence is divided, what is gathered and scattered is together what would be summed otherwise.</summary>
    private LayerSums Sums(LayoutOption option, int samples)
    {
        var (tensor, dividesSequence, hasReplicas) = (option.Degrees.Tensor, option.DividesSequence, option.Degrees.Data > 1);
        var key = (tensor, dividesSequence, hasReplicas, samples);
        if (!sums.TryGetValue(key, out var found))
        {
            var plan = Tensor(tensor, dividesSequence);
            var reach = new GroupReach(tensor, devices[tensor - 1].Machine - devices[0].Machine + 1);
            found = new LayerSums(
                plan,
                Tensor(tensor, dividesSequence: false),
                Precision,
                new PassTimes(program, plan, times, hasReplicas, samples),
                moves,
                reach,
                samples);
            sums.Add(key, found);
        }

        return found;
    }
}
