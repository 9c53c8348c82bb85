using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// All layouts of a program over so many ranks that a search compares: meshes, shards, schedules, micro-batches, and whether
/// activations are computed again. What cannot be is named once for each axis.
/// </summary>
internal sealed class LayoutOptions : ILayoutOptions
{
    /// <summary>Micro-batches of so many samples are tried, and so many micro-batches for each stage.</summary>
    private static readonly long[] MicroBatchSizes = [1, 2, 4, 8];
    private static readonly long[] MicroBatchesOfStage = [1, 2, 4];

    /// <summary>A number of micro-batches so many times as large as one that was looked for is no longer near it.</summary>
    private const int MostTimes = 8;

    private static readonly RecomputeRequest[] Recomputations = [RecomputeRequest.None, new(true, 0)];
    private static readonly int[] MoreChunks = [2, 4];

    private readonly CheckedProgram program;
    private readonly int worldSize;
    private readonly int ranksOfMachine;
    private readonly bool isOnCores;

    /// <summary>Whether the micro-batches must stay those of the program.</summary>
    private readonly bool keepsMicroBatches;
    private readonly Dictionary<int, bool> divides = [];
    private readonly Dictionary<string, (string Layout, Diagnostic Why)> refused = new(StringComparer.Ordinal);

    /// <param name="ranksOfMachine">
    /// What the number of ranks on each machine is a multiple of, where tensor ranks are to stay within one; else all ranks.
    /// </param>
    /// <param name="isOnCores">
    /// Whether ranks share cores: there dividing a sequence between tensor ranks takes longer than it saves.
    /// </param>
    public LayoutOptions(CheckedProgram program, int worldSize, int ranksOfMachine, bool isOnCores = false)
    {
        (this.program, this.worldSize, this.ranksOfMachine, this.isOnCores) = (program, worldSize, ranksOfMachine, isOnCores);
        keepsMicroBatches = LayerCatalogue.LearnsFromStatistics(program.Model);
        All = [.. Meshes().SelectMany(Of)];
    }

    public ImmutableArray<LayoutOption> All { get; }

    /// <summary>Degrees that cannot be, and why.</summary>
    public IEnumerable<(string Layout, Diagnostic Why)> Refused => refused.Values;

    private IEnumerable<Degrees> Meshes()
    {
        foreach (var tensor in Divisors(worldSize).Where(tensor => ranksOfMachine % tensor == 0 && Splits(tensor)))
        {
            foreach (var pipeline in Divisors(worldSize / tensor).Where(Cuts))
                yield return new Degrees(worldSize / tensor / pipeline, pipeline, tensor);
        }
    }

    private IEnumerable<LayoutOption> Of(Degrees degrees)
    {
        foreach (var shard in degrees.Data == 1 ? [ShardLevel.None] : Enum.GetValues<ShardLevel>())
        {
            foreach (var (schedule, chunks) in Schedules(degrees))
            {
                foreach (var microBatches in MicroBatches(degrees, schedule))
                {
                    foreach (var option in Variants(new LayoutOption(degrees, shard, microBatches, schedule, chunks, RecomputeRequest.None, false)))
                    {
                        if (Fits(option))
                            yield return option;
                    }
                }
            }
        }
    }

    private IEnumerable<LayoutOption> Variants(LayoutOption option) =>
        from dividesSequence in DividesSequence(option.Degrees.Tensor) ? (bool[])[false, true] : [false]
        from recompute in Recomputations
        select option with { DividesSequence = dividesSequence, Recompute = recompute };

    private IEnumerable<(ScheduleKind Kind, int Chunks)> Schedules(Degrees degrees)
    {
        yield return (ScheduleKind.OneForwardOneBackward, 1);
        if (degrees.Pipeline == 1)
            yield break;
        yield return (ScheduleKind.Gpipe, 1);
        yield return (ScheduleKind.ZeroBubble, 1);
        foreach (var chunks in MoreChunks.Where(chunks => degrees.Pipeline * chunks <= program.Model.Layers.Length))
            yield return (ScheduleKind.Interleaved, chunks);
    }

    private IEnumerable<long> MicroBatches(Degrees degrees, ScheduleKind schedule)
    {
        var share = program.Training.GlobalBatch / program.Training.Accumulate / degrees.Data;
        IEnumerable<long> counts = degrees.Pipeline == 1 || keepsMicroBatches
            ? [1]
            : MicroBatchSizes
                .Select(size => share / size)
                .Concat(MicroBatchesOfStage
                    .SelectMany(each => OfUpdate(each * degrees.Pipeline))
                    .Select(count => DivisorFrom(share, count))
                    .OfType<long>());
        return counts
            .Where(count => count >= 1 && share % count == 0)
            .Where(count => schedule != ScheduleKind.Interleaved || count * program.Training.Accumulate % degrees.Pipeline == 0)
            .Distinct()
            .Order();

        // An accumulation cuts the batch already: its parts flow through the stages as micro-batches do.
        long[] OfUpdate(long count) => program.Training.Accumulate is > 1 and var parts ? [count, Math.Max(1, count / parts), 1] : [count];
    }

    /// <summary>
    /// The first number from <paramref name="least"/> on that divides a share, since stages of three have no equal number of micro-batches of 64 samples;
    /// null where none is near.
    /// </summary>
    private static long? DivisorFrom(long share, long least)
    {
        for (var count = least; count <= Math.Min(share, MostTimes * least); count++)
        {
            if (share % count == 0)
                return count;
        }

        return null;
    }

    /// <summary>What is left to judge of a whole layout: the batch, the schedule, and what cannot stand together.</summary>
    private bool Fits(LayoutOption option)
    {
        var laidOut = program with { Parallel = option.Request(program.Parallel) };
        if (BatchCut.Mistake(laidOut, option.Degrees) is { } uneven)
            return Refuse($"data {option.Degrees.Data}", uneven);
        return option.Shard == ShardLevel.None || CanShard(laidOut, option);
    }

    private bool CanShard(CheckedProgram laidOut, LayoutOption option) =>
        option.Degrees.Pipeline == 1 || CombinationFit.Mistake(laidOut, option.Degrees) is not { } mistake
        || Refuse("shard beside pipeline", mistake);

    private bool Splits(int tensor)
    {
        if (tensor == 1)
            return true;
        return TensorFit.Mistake(Shared(tensor, dividesSequence: false), tensor) is not { } mistake || Refuse($"tensor {tensor}", mistake);
    }

    /// <summary>A model without a sequence is no news; a sequence that does not divide is.</summary>
    private bool DividesSequence(int tensor)
    {
        if (tensor == 1 || isOnCores || SequenceSplit.LengthOf(program.Model) is null)
            return false;
        if (!divides.TryGetValue(tensor, out var can))
        {
            can = TensorFit.Mistake(Shared(tensor, dividesSequence: true), tensor) is not { } mistake
                || Refuse($"tensor {tensor} sequence=true", mistake);
            divides.Add(tensor, can);
        }

        return can;
    }

    private CheckedProgram Shared(int tensor, bool dividesSequence)
    {
        var request = new TensorRequest(tensor, dividesSequence, program.Parallel.Span);
        return program with { Parallel = program.Parallel with { IsAuto = false, Tensor = request } };
    }

    private bool Cuts(int pipeline)
    {
        if (pipeline == 1 || pipeline <= program.Model.Layers.Length)
            return true;
        var request = new PipelineRequest(pipeline, 0, ScheduleKind.OneForwardOneBackward, 1, [], program.Parallel.Span);
        var laidOut = program with { Parallel = program.Parallel with { IsAuto = false, Pipeline = request } };
        return Refuse($"pipeline {pipeline}", StageCut.Mistakes(laidOut, pipeline).First());
    }

    private bool Refuse(string layout, Diagnostic why)
    {
        refused.TryAdd(layout, (layout, why));
        return false;
    }

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(divisor => number % divisor == 0);
}
