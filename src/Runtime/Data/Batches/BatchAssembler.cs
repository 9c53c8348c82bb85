using ParDsl.Compiler.Checked;
using TorchSharp;

namespace ParDsl.Runtime.Data;

/// <summary>Makes a rank's batches: gathers their rows, scaled, into a buffer, and moves them to the rank's device.</summary>
internal sealed class BatchAssembler : IDisposable
{
    private readonly LoadRequest request;
    private readonly BatchSequence sequence;
    private readonly BatchBufferPool pool;
    private readonly int[] rows;

    public BatchAssembler(LoadRequest request)
    {
        this.request = request;
        sequence = new BatchSequence(request);
        var capacity = CeilingOf(CeilingOf(request.Plan.GlobalBatch, request.Plan.MicroBatchCount), request.Plan.DataDegree);
        rows = new int[capacity];
        pool = new BatchBufferPool(() => new BatchBuffer(capacity, request.Part.Format, request.Precision));
    }

    public IEnumerable<BatchPlace> Places() => sequence.Places();

    public Batch Assemble(BatchPlace place)
    {
        var buffer = pool.Rent();
        Fill(buffer, place);
        var inputs = buffer.Inputs.narrow(0, 0, place.Count).DetachFromDisposeScope();
        var targets = buffer.Targets.narrow(0, 0, place.Count).DetachFromDisposeScope();
        if (request.Device.type == DeviceType.CPU)
            return new Batch(place, inputs, targets, () => pool.Return(buffer));
        using (inputs)
        using (targets)
        {
            var batch = new Batch(place, ToDevice(inputs), ToDevice(targets), () => { });
            pool.Return(buffer);
            return batch;
        }
    }

    public void Dispose() => pool.Dispose();

    private void Fill(BatchBuffer buffer, BatchPlace place)
    {
        var table = request.Part.Table;
        var taken = rows.AsSpan(0, place.Count);
        sequence.CopyRows(place, taken);
        FillInputs(buffer, taken);
        buffer.Round(place.Count);
        switch (table.Targets)
        {
            case SampleTargets.Tokens tokens:
                RowGather.Copy(tokens.Next, taken, buffer.TargetMemory);
                break;
            case SampleTargets.Classes classes:
                RowGather.Copy(classes.Labels, taken, buffer.TargetMemory);
                break;
            case SampleTargets.Values values:
                RowGather.Copy(values.Numbers, taken, buffer.TargetMemory, request.Precision.Master(), 1, 0);
                break;
        }
    }

    private void FillInputs(BatchBuffer buffer, ReadOnlySpan<int> taken)
    {
        var (inputs, format) = (request.Part.Table.Inputs, request.Part.Format);
        if (inputs is TokenBlocks tokens && format.InputKind is ValueKind.Tokens)
            RowGather.Copy(tokens, taken, buffer.InputMemory);
        else
            RowGather.Copy(inputs, taken, buffer.InputMemory, request.Precision.Master(), format.Scale, format.Shift);
    }

    // Pinned memory is copied while the device computes; libtorch keeps it until the copy is done.
    private torch.Tensor ToDevice(torch.Tensor tensor)
    {
        using var pinned = tensor.pin_memory();
        return pinned.to(request.Device, non_blocking: true).DetachFromDisposeScope();
    }

    private static int CeilingOf(int count, int parts) => (int)((count + (long)parts - 1) / parts);
}
