using ParDsl.Runtime.Data;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Training;

/// <summary>
/// The mean loss and metrics of the model over a part of the data, every rank taking its share of every batch. After each
/// batch all ranks know whether one was asked to stop.
/// </summary>
internal sealed class Evaluation(Rank rank, ActionInterpreter interpreter, CancellationToken cancellation)
{
    /// <summary>The means, or null where it was stopped before its end.</summary>
    public MeasuredMeans? Run(DatasetPart part)
    {
        var order = SampleOrder.Unshuffled(part.Count);
        var request = new LoadRequest(
            part, order, rank.Plan.Batch, rank.DataCoordinate, rank.Plan.Program.Training.Precision, rank.Device)
        {
            Ahead = rank.LoadsAhead,
        };
        using var loader = rank.Loads ? IBatchLoader.Open(request) : null;
        var totals = new MeasureTotals(rank.Measures);
        for (var batch = 0L; batch < order.StepsPerEpoch(rank.Plan.Batch.GlobalBatch); batch++)
        {
            if (Measure(loader, totals, BatchSize(part, batch)))
                return null;
        }

        return totals.Means();
    }

    /// <returns>Whether a rank was asked to stop.</returns>
    private bool Measure(IBatchLoader? loader, MeasureTotals totals, int sampleCount)
    {
        if (cancellation.IsCancellationRequested)
            rank.Sums.AskToStop();
        using var work = rank.Progress.AtWork();
        interpreter.Run(rank.Own.Evaluate, new ActionContext(loader, IsTraining: false, Step: 0, LearningRate: 0, sampleCount));
        totals.Add(rank.Sums.Take(out var mustStop), sampleCount);
        return mustStop;
    }

    private int BatchSize(DatasetPart part, long batch)
    {
        var globalBatch = rank.Plan.Batch.GlobalBatch;
        return (int)Math.Min(globalBatch, part.Count - (batch * globalBatch));
    }
}
