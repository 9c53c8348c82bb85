using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>Whether the loss and the metrics can compare what the model gives with the target.</summary>
internal sealed class LossChecker(CheckedTarget target, SourceSpan targetSpan, DiagnosticBag bag)
{
    private RelatedSpan TargetPlace => new(targetSpan, target switch
    {
        CheckedTarget.Class { Places.DimensionCount: > 0 } classes =>
            $"the target has {Wording.Number(classes.Count)} classes at each place of {classes.Places}",
        CheckedTarget.Class classes => $"the target has {Wording.Number(classes.Count)} classes",
        CheckedTarget.Values { Shape.DimensionCount: 1 } values =>
            $"the target has {Wording.Count(values.Shape.ElementCount, "value")}",
        CheckedTarget.Values values => $"the target has shape {values.Shape}",
        _ => "",
    });

    private TargetKind Kind => target is CheckedTarget.Class ? TargetKind.Class : TargetKind.Values;

    /// <param name="loss">Null where it is mistaken.</param>
    public void CheckMetrics(IEnumerable<BoundComponent<MetricRule>> metrics, LossRule? loss)
    {
        foreach (var metric in metrics.Where(metric => metric.Rule.Target != Kind))
            bag.Add(LossErrors.MetricNeedsOtherTarget(metric.Rule, metric.Name, TargetPlace, OtherMetric(loss)));
    }

    /// <param name="model">Null where the output's shape is not known: then only the kind of target is checked.</param>
    public void CheckLoss(BoundComponent<LossRule> loss, ModelOutcome? model, long batch)
    {
        if (loss.Rule.Target != Kind)
            bag.Add(LossErrors.LossNeedsOtherTarget(loss.Rule, loss.Name, TargetPlace, OtherLoss()));
        else if (model is not null)
            CheckOutput(loss, model, batch);
    }

    /// <summary>A single number of yes or no is one class of two; several of them are no classes that exclude each other.</summary>
    private string OtherMetric(LossRule? loss)
    {
        var fitting = MetricCatalogue.Rules.First(rule => rule.Target == Kind).Name;
        return (target, loss?.Name) switch
        {
            (CheckedTarget.Values { Shape.ElementCount: 1 }, "bce_with_logits") =>
                $"write `target class 2`, `linear 2` as the last layer, and `loss cross_entropy`; or `metric {fitting}`",
            _ => $"write `metric {fitting}`",
        };
    }

    private string OtherLoss() => target switch
    {
        CheckedTarget.Values { Shape.ElementCount: > 1 } values =>
            $"write `target class {Wording.Number(values.Shape.ElementCount)}`, or `loss mse`",
        CheckedTarget.Values => "write `target class 10`, or `loss mse`",
        _ => "write `loss cross_entropy`",
    };

    private void CheckOutput(BoundComponent<LossRule> loss, ModelOutcome model, long batch)
    {
        var last = model.Model.Layers[^1];
        if (loss.Rule.AppliesActivation.Length > 0 && last.Kind == loss.Rule.AppliesActivation)
            bag.Add(LossErrors.ActivationTwice(loss.Rule, model.Calls[^1], loss.Name.Span), model.Uses[^1]);

        var wanted = Wanted();
        if (!model.Model.Output.Equals(wanted))
            Refuse(model, wanted, batch);
    }

    /// <summary>An output for each class, at each place that has one.</summary>
    private Shape Wanted() => target switch
    {
        CheckedTarget.Class classes => new Shape(classes.Places.Sizes.Add(classes.Count)),
        CheckedTarget.Values values => values.Shape,
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
    };

    private void Refuse(ModelOutcome model, Shape wanted, long batch)
    {
        var index = ShapeMaker(model.Model);
        var (layer, call) = (model.Model.Layers[index], model.Calls[index]);
        var title = Title(layer, call);
        var mend = Mend(layer, call, wanted);
        var finding = target is CheckedTarget.Class classes
            ? LossErrors.OutputDiffersFromClasses(call, title, layer.Output, classes, wanted, batch, TargetPlace, mend)
            : LossErrors.OutputDiffersFromTarget(call, title, layer.Output, wanted, batch, TargetPlace, mend);
        bag.Add(finding, model.Uses[index]);
    }

    /// <summary>What makes one value of several has the name of its statement: <c>residual</c>, <c>concat</c>.</summary>
    private static string Title(CheckedLayer layer, CallSyntax call)
    {
        if (call.HasLabel)
            return call.Label.Text;
        return CombinationCatalogue.Find(layer.Kind) is not null ? call.Name.Text : LayerText.Write(layer);
    }

    /// <summary>The last layer that does more than pass its input's shape on: the one to mend.</summary>
    private static int ShapeMaker(CheckedModel model)
    {
        var index = model.Layers.Length - 1;
        while (index > 0 && PassesShapeOn(model.Layers[index]))
            index--;
        return index;
    }

    private static bool PassesShapeOn(CheckedLayer layer) =>
        layer.Inputs.Length == 1 && layer.Output.Equals(layer.InputShapes[0]) && layer.Kind != "linear";

    /// <summary>The help: code that gives the target's shape, or else a target of the output's shape.</summary>
    private string Mend(CheckedLayer layer, CallSyntax call, Shape wanted)
    {
        if (Kind == TargetKind.Values && wanted.DimensionCount != 1)
            return $"write `target {layer.Output}`";
        var size = Wording.Number(wanted.Sizes[^1]);
        if (layer.Kind == "linear" && DiffersInLastOnly(layer.Output, wanted))
        {
            var label = call.HasLabel ? $"{call.Label.Text}: " : "";
            return $"write `{label}{LayerText.Write(WithOutputs(layer, wanted.Sizes[^1]))}`";
        }

        if (wanted.DimensionCount > 1)
            return $"keep [length, features] up to the end, without `flatten`, and end with `linear {size}`";

        var added = layer.Output.DimensionCount == 1 ? $"linear {size}" : $"flatten; linear {size}";
        var otherTarget = Kind == TargetKind.Values ? $", or `target {layer.Output}`" : "";
        return $"write `{added}` at the model's end{otherTarget}";
    }

    private static bool DiffersInLastOnly(Shape output, Shape wanted) =>
        output.DimensionCount == wanted.DimensionCount
        && output.Sizes[..^1].SequenceEqual(wanted.Sizes[..^1]);

    private static CheckedLayer WithOutputs(CheckedLayer linear, long outputs) =>
        linear with { Arguments = new(linear.Arguments.Values.SetItem("outputs", outputs)) };
}
