using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>How long one micro-batch takes through a segment's layers, without what they move between ranks where that was not measured with them.</summary>
internal sealed class PassTimes
{
    private readonly CheckedProgram program;
    private readonly WorkTimes times;
    private readonly ModelFlow flow;
    private readonly ImmutableArray<PassSeconds> layers;
    private readonly MeasuredLayers measured;
    private readonly double metrics;

    /// <param name="program">With whole layers.</param>
    /// <param name="tensor">The layers as one rank has them.</param>
    /// <param name="hasReplicas">Whether data ranks share each batch.</param>
    /// <param name="samples">A rank's share of a micro-batch.</param>
    public PassTimes(CheckedProgram program, TensorPlan tensor, WorkTimes times, bool hasReplicas, int samples)
    {
        (this.program, this.times) = (program, times);
        var model = tensor.LocalModel;
        flow = new ModelFlow(model);
        measured = times.Measured(program, tensor, hasReplicas);
        var factors = model.Layers.Select(layer => measured.Factors(layer, samples, Estimated)).ToImmutableArray();
        layers = [.. model.Layers.Zip(factors, (layer, factor) => Estimated(layer, samples).Times(factor.Forward, factor.Backward))];
        metrics = factors[^1].Forward * Sum([.. program.Training.Metrics.Select(_ => LossWork.Metric(model.Output))], samples);
    }

    /// <summary>Forward once more, for the backward pass, is without the metrics.</summary>
    public SegmentTimes Of(SegmentPlan segment)
    {
        var own = layers.Skip(segment.FirstLayer).Take(segment.LayerCount).Aggregate((sum, layer) => sum + layer);
        var again = own.Forward - (segment.Holds(layers.Length - 1) ? metrics : 0);
        return new SegmentTimes(own.Forward, again, own.Input, own.Weights);
    }

    /// <summary>With the loss and the metrics in the last one.</summary>
    public PassSeconds OfLayer(int layer) => layers[layer];

    /// <summary>Whether what a layer moves between ranks is in its time.</summary>
    public bool HasMoves(int layer) => measured.Has(layer);

    /// <summary>Where no gradient flows into a layer's input, none is computed for it.</summary>
    private PassSeconds Estimated(CheckedLayer layer, int samples)
    {
        var work = LayerWork.Of(layer);
        var learns = flow.IsDifferentiable(layer.Index);
        var hasInputGradient = layer.Inputs.Any(flow.IsDifferentiable);
        var backward = work.Backward.Where(step => learns && (hasInputGradient || !step.IsOfInput)).ToImmutableArray();
        var own = new PassSeconds(
            Sum(work.Forward, samples),
            Sum([.. backward.Where(step => !step.IsOfWeights)], samples),
            Sum([.. backward.Where(step => step.IsOfWeights)], samples));
        return layer.Index < program.Model.Layers.Length - 1 ? own : own + Closing(layer.Output, samples);
    }

    private PassSeconds Closing(Shape output, int samples)
    {
        var loss = LossWork.Of(program.Training.Loss.Kind, output);
        var metrics = program.Training.Metrics.Select(_ => LossWork.Metric(output)).ToImmutableArray();
        return new PassSeconds(Sum([.. loss.Forward, .. metrics], samples), Sum(loss.Backward, samples), 0);
    }

    private double Sum(ImmutableArray<OperationWork> steps, int samples) => steps.Sum(step => times.Of(step, samples));
}
