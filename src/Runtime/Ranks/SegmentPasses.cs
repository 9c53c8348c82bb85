using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// Takes micro-batches through a rank's segments, forward and backward. Autograd's graph is cut at every border: a value
/// that comes in is a leaf, whose gradient is handed back to the segment that gave it.
/// </summary>
internal sealed class SegmentPasses(Rank rank)
{
    private readonly int lastLayer = rank.Plan.Program.Model.Layers.Length - 1;

    /// <param name="isRecorded">Whether a backward pass through this very pass follows.</param>
    public void Forward(MicroBatchState microBatch, LayerSegment segment, ForwardContext context, bool isRecorded)
    {
        using var guard = set_grad_enabled(isRecorded);
        var leaves = isRecorded ? Leaves(microBatch, segment) : [];
        var outputs = segment.Forward(Inputs(microBatch, segment, leaves), context);
        if (segment.Plan.Holds(lastLayer))
            TakeLoss(microBatch, outputs);
        else if (!segment.Plan.Outputs.Contains(segment.Plan.FirstLayer + segment.Plan.LayerCount - 1))
            DropUnread(segment, outputs);
        if (isRecorded)
            microBatch.Traces.Add(segment.Plan.Index, new SegmentTrace(leaves, outputs));
        if (!context.IsRepeated)
            Publish(microBatch, segment, outputs, isRecorded);
    }

    /// <summary>The loss is the mean over the global batch, so each slice's sum has the weight 1 / its count.</summary>
    /// <remarks>Where the loss is scaled, all gradients are, until the update.</remarks>
    /// <param name="termCount">The terms of the whole global batch.</param>
    public void Backward(MicroBatchState microBatch, LayerSegment segment, double termCount)
    {
        if (!microBatch.Traces.Remove(segment.Plan.Index, out var trace))
            return;
        DropOutputs(microBatch, segment);
        using (trace)
        {
            var (roots, gradients) = Roots(microBatch, segment, trace, termCount);
            if (roots.Count > 0)
                autograd.backward(roots, gradients);
            foreach (var gradient in gradients)
                gradient.Dispose();
            rank.Callbacks.ThrowIfAny();
            foreach (var (value, leaf) in trace.Leaves)
            {
                if (leaf.grad is { } gradient)
                    microBatch.AddGradient(value, gradient);
            }
        }

        if (segment.Plan.Holds(lastLayer))
            microBatch.ReleaseLoss();
    }

    /// <summary>
    /// Lets a segment's values go before its backward pass, or before the pass that computes them again: all that read them
    /// have gone backward.
    /// </summary>
    public static void DropOutputs(MicroBatchState microBatch, LayerSegment segment)
    {
        foreach (var value in segment.Plan.Outputs)
            microBatch.Drop(value);
    }

    /// <summary>What a segment's inputs are to autograd; whatever does not depend on parameters is no leaf.</summary>
    private static Dictionary<int, Tensor> Leaves(MicroBatchState microBatch, LayerSegment segment) =>
        segment.Plan.DifferentiableInputs.ToDictionary(
            value => value, value => microBatch.Values[value].detach().requires_grad_(true));

    private static Dictionary<int, Tensor> Inputs(
        MicroBatchState microBatch, LayerSegment segment, Dictionary<int, Tensor> leaves) =>
        segment.Plan.Inputs.ToDictionary(value => value, value => leaves.TryGetValue(value, out var leaf)
            ? leaf
            : value == CheckedLayer.ModelInput ? microBatch.Batch!.Inputs : microBatch.Values[value]);

    private void TakeLoss(MicroBatchState microBatch, Dictionary<int, Tensor> outputs)
    {
        using var given = outputs[lastLayer];
        outputs.Remove(lastLayer);
        var output = Wide(given);
        using var targets = rank.OwnTargets(microBatch.Batch!.Targets);
        microBatch.KeepLoss(output, rank.Measures.Loss.Sum(output, targets));
    }

    /// <summary>The loss and the metrics see float32 at least.</summary>
    private Tensor Wide(Tensor output) => output.dtype == rank.MasterType ? output.alias() : output.to(rank.MasterType);

    /// <summary>A last layer whose value nobody reads.</summary>
    private static void DropUnread(LayerSegment segment, Dictionary<int, Tensor> outputs)
    {
        if (outputs.Remove(segment.Plan.FirstLayer + segment.Plan.LayerCount - 1, out var unread))
            unread.Dispose();
    }

    /// <summary>Later segments, and other ranks, read the values; a trace keeps its own hold of them.</summary>
    private static void Publish(
        MicroBatchState microBatch, LayerSegment segment, Dictionary<int, Tensor> outputs, bool isRecorded)
    {
        foreach (var value in segment.Plan.Outputs)
            microBatch.KeepValue(value, isRecorded ? outputs[value].alias() : outputs[value]);
    }

    private (List<Tensor> Roots, List<Tensor> Gradients) Roots(
        MicroBatchState microBatch, LayerSegment segment, SegmentTrace trace, double termCount)
    {
        var (roots, gradients) = (new List<Tensor>(), new List<Tensor>());
        if (segment.Plan.Holds(lastLayer))
        {
            roots.Add(microBatch.LossSum!);
            using var weight = ((rank.Scale?.Value ?? 1) / termCount).ToScalar();
            gradients.Add(full_like(microBatch.LossSum!, weight));
        }

        foreach (var (value, output) in trace.Outputs)
        {
            if (microBatch.TakeGradient(value) is not { } gradient)
                continue;
            roots.Add(output);
            gradients.Add(gradient);
        }

        return (roots, gradients);
    }
}
