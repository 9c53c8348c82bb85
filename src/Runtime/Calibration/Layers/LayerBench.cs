using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Data;

namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>
/// Trains a program's model with each layer as a segment of its own, and times them: where they are in training, between the
/// others, with their tensors in the caches or not. Segments cost time themselves, so what they take together is what the whole
/// model takes in one piece, which trains after it.
/// </summary>
/// <param name="machine">Without a calibration.</param>
internal sealed class LayerBench(
    CheckedProgram program, LoadedDataset data, HardwareDescription machine, LayerPace pace, CancellationToken cancellation)
{
    private const double LearningRate = 1e-6;

    /// <summary>Why the first of the measures that could not be was not; null where all could.</summary>
    public Diagnostic? Refusal { get; private set; }

    /// <summary>Empty where the data has too few samples for it, or the model does not fit.</summary>
    /// <param name="ranks">That train at once.</param>
    /// <param name="together">How many of them are related; the others train in groups as large, which know nothing of each other.</param>
    /// <param name="samples">Of each rank's update.</param>
    public LayerSpeeds Measure(int ranks, int together, int samples, RankRelation relation)
    {
        var subject = Related(together, samples, relation);
        var place = Share(together, ranks);
        var wholes = Planner.Plan(subject, place, DeviceRequest.Unstated);
        var pieces = Planner.PlanByLayer(subject, place);
        if (wholes.Value is not { } whole || pieces.Value is not { } byLayer)
            return Refused(wholes.Diagnostics.Concat(pieces.Diagnostics).First());
        var used = WholeBatches(whole.Batch.GlobalBatch);
        if (used.Training.Count == 0)
            return LayerSpeeds.None;
        if (BatchNormGuard.Mistake(whole, used.Training.Count, long.MaxValue) is { } mistake)
            return Refused(mistake);
        var least = ranks > machine.Cores && machine.Gpus.IsEmpty ? LayerPace.LeastOfSharedCores : 1;
        var ofPieces = Undisturbed(byLayer, used, ranks / together, least);
        var ofPiece = Undisturbed(whole, used, ranks / together, least);
        var (forward, backward) = (Quotient(ofPiece.Forward, ofPieces.Forward), Quotient(ofPiece.Backward, ofPieces.Backward));
        var names = new LayerIdentity(subject, byLayer.Tensor, byLayer.Batch.DataDegree > 1).All;
        return LayerSpeeds.Of(names.Select((name, layer) =>
            (name, new LayerSpeed(samples, forward * ofPieces.Forward[layer], backward * ofPieces.Backward[layer]))));
    }

    /// <summary>
    /// Of several rounds the one that took least. Nobody else trains meanwhile: threads that wait for work of their own spin for a
    /// while, on the cores that are measured.
    /// </summary>
    private SegmentSeconds Undisturbed(ExecutionPlan plan, LoadedDataset used, int count, int least)
    {
        using var team = PassTeam.Of(count, () => new PassSession(plan, used));
        var updates = Math.Max(least, pace.Updates(team.Warm(pace.WarmingSeconds, cancellation)));
        return Enumerable.Range(0, pace.Rounds).Select(_ =>
        {
            cancellation.ThrowIfCancellationRequested();
            return team.Measure(updates);
        }).MinBy(round => round.Total)!;
    }

    private LayerSpeeds Refused(Diagnostic why)
    {
        Refusal ??= why;
        return LayerSpeeds.None;
    }

    /// <summary>What so many of the ranks have of the machine; GPUs are not shared.</summary>
    private HardwareDescription Share(int together, int ranks) => machine.Gpus.IsEmpty
        ? machine with
        {
            Cores = Math.Max(1, machine.Cores * together / ranks),
            MemoryBytes = machine.MemoryBytes * together / ranks,
        }
        : machine;

    /// <summary>An epoch's short last batch would be the quickest.</summary>
    private LoadedDataset WholeBatches(int batch)
    {
        var rows = data.Training.Rows;
        return data with { Training = data.Training with { Rows = rows[..(rows.Length / batch * batch)] } };
    }

    /// <summary>It learns next to nothing: the same work, and no loss that stops being a number.</summary>
    private CheckedProgram Related(int ranks, int samples, RankRelation relation)
    {
        var span = program.Parallel.Span;
        var sharesLayers = relation is RankRelation.Tensor or RankRelation.Sequence;
        return program with
        {
            Training = program.Training with
            {
                GlobalBatch = sharesLayers ? samples : (long)ranks * samples,
                Accumulate = 1,
                Optimizer = Still(program.Training.Optimizer),
            },
            Parallel = new ParallelRequest(
                IsAuto: false,
                new DataRequest(sharesLayers ? 1 : ranks, BucketBytes: 0, ShardLevel.None, span, span),
                Pipeline: null,
                sharesLayers ? new TensorRequest(ranks, relation == RankRelation.Sequence, span) : null,
                RecomputeRequest.None,
                CheckReplicasEvery: "",
                span),
        };
    }

    private static CheckedComponent Still(CheckedComponent optimizer) =>
        optimizer with { Arguments = new CheckedArguments(optimizer.Arguments.Values.SetItem("lr", LearningRate)) };

    private static double Quotient(ImmutableArray<double> whole, ImmutableArray<double> parts) =>
        parts.Sum() > 0 ? whole.Sum() / parts.Sum() : 1;
}
