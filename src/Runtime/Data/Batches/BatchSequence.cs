using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Which samples a rank loads, batch after batch: for every step, its micro-batches in order. One thread walks it.
/// </summary>
public sealed class BatchSequence(LoadRequest request)
{
    private readonly long stepsPerEpoch = request.Order.StepsPerEpoch(request.Plan.GlobalBatch);
    private int[] order = [];
    private long orderedEpoch = -1;

    /// <summary>The rows of the part's table that make this batch, in the order of the step's global batch.</summary>
    public void CopyRows(BatchPlace place, Span<int> rows)
    {
        var epochOrder = OrderOf(place.Step / stepsPerEpoch);
        var first = (place.Step % stepsPerEpoch * request.Plan.GlobalBatch) + place.Offset;
        for (var index = 0; index < rows.Length; index++)
            rows[index] = request.Part.Rows[epochOrder[first + index]];
    }

    /// <summary>Every batch of the request, in the order in which the rank uses them.</summary>
    public IEnumerable<BatchPlace> Places()
    {
        for (var step = request.FirstStep; step < request.EndStep; step++)
        {
            for (var microBatch = 0; microBatch < request.Plan.MicroBatchCount; microBatch++)
                yield return PlaceOf(step, microBatch);
        }
    }

    private BatchPlace PlaceOf(long step, int microBatch)
    {
        var globalBatch = request.Plan.GlobalBatch;
        var start = step % stepsPerEpoch * globalBatch;
        var globalCount = (int)Math.Min(globalBatch, request.Order.Count - start);
        var slice = BatchSlice.Of(request.Plan, globalCount, microBatch, request.DataCoordinate);
        return new BatchPlace(step, microBatch, slice.Offset, slice.Count, globalCount);
    }

    private int[] OrderOf(long epoch)
    {
        if (epoch != orderedEpoch)
            (order, orderedEpoch) = (request.Order.Epoch(epoch), epoch);
        return order;
    }
}
