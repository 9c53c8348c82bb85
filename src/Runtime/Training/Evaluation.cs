using ParDsl.Runtime.Data;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Training;

/// <summary>The mean loss and metrics of the model over a part of the data, every rank taking its share of every batch.</summary>
internal static class Evaluation
{
    public static MeasuredMeans Run(Rank rank, ActionInterpreter interpreter, DatasetPart part)
    {
        var order = SampleOrder.Unshuffled(part.Count);
        var request = new LoadRequest(
            part, order, rank.Plan.Batch, rank.DataCoordinate, rank.Plan.Program.Training.Precision, rank.Device);
        using var loader = new BatchLoader(request);
        var context = new ActionContext(loader, IsTraining: false, Step: 0, LearningRate: 0);
        for (var batch = 0L; batch < order.StepsPerEpoch(rank.Plan.Batch.GlobalBatch); batch++)
            interpreter.Run(rank.Own.Evaluate, context);
        interpreter.Run(rank.Own.Finish, context);
        return rank.Measures.Means(rank.Sums.Take(out _), part.Count);
    }
}
