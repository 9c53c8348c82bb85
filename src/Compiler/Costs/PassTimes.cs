using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>How long one micro-batch takes through a segment's layers, without what they move between ranks.</summary>
internal sealed class PassTimes
{
    private readonly WorkTimes times;
    private readonly int samples;
    private readonly ImmutableArray<(double Forward, double Input, double Weights)> layers;
    private readonly (double Forward, double Backward) loss;
    private readonly double metrics;

    /// <param name="model">The layers with the shapes that one rank has.</param>
    /// <param name="samples">A rank's share of a micro-batch.</param>
    public PassTimes(CheckedModel model, CheckedTraining training, WorkTimes times, int samples)
    {
        (this.times, this.samples) = (times, samples);
        var flow = new ModelFlow(model);
        layers = [.. model.Layers.Select(layer => Layer(layer, flow))];
        var rows = LossWork.Of(training.Loss.Kind, model.Output);
        loss = (Sum(rows.Forward), Sum(rows.Backward));
        metrics = Sum([.. training.Metrics.Select(_ => LossWork.Metric(model.Output))]);
    }

    public SegmentTimes Of(SegmentPlan segment)
    {
        var own = layers.Skip(segment.FirstLayer).Take(segment.LayerCount).ToArray();
        var forward = own.Sum(layer => layer.Forward);
        var isLast = segment.Holds(layers.Length - 1);
        var (lossForward, lossBackward) = isLast ? loss : (0, 0);
        return new SegmentTimes(
            forward + lossForward + (isLast ? metrics : 0),
            forward + lossForward,
            own.Sum(layer => layer.Input) + lossBackward,
            own.Sum(layer => layer.Weights));
    }

    public double ForwardOf(int layer) => layers[layer].Forward;

    public double InputGradientOf(int layer) => layers[layer].Input;

    public double WeightGradientOf(int layer) => layers[layer].Weights;

    /// <summary>Where no gradient flows into a layer's input, none is computed for it.</summary>
    private (double Forward, double Input, double Weights) Layer(CheckedLayer layer, ModelFlow flow)
    {
        var work = LayerWork.Of(layer);
        var learns = flow.IsDifferentiable(layer.Index);
        var hasInputGradient = layer.Inputs.Any(flow.IsDifferentiable);
        var backward = work.Backward.Where(step => learns && (hasInputGradient || !step.IsOfInput)).ToImmutableArray();
        return (
            Sum(work.Forward),
            Sum([.. backward.Where(step => !step.IsOfWeights)]),
            Sum([.. backward.Where(step => step.IsOfWeights)]));
    }

    private double Sum(ImmutableArray<OperationWork> steps) => steps.Sum(step => times.Of(step, samples));
}
