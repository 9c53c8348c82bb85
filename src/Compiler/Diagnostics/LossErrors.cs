using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD3004 to PD3007: what the loss and the metrics compare.</summary>
internal static class LossErrors
{
    /// <param name="title">The layer that gives the output: its label, or its text.</param>
    /// <param name="output">The model's output, with the batch first, as the target is.</param>
    /// <param name="mend">The help: how to give the target's shape.</param>
    public static Diagnostic OutputDiffersFromTarget(
        CallSyntax layer,
        string title,
        Shape output,
        Shape target,
        long batch,
        RelatedSpan targetSpan,
        string mend) =>
        Finding.Error(
            "PD3004",
            layer.HeadSpan,
            $"the loss compares `{title}` of shape {WithBatch(output, batch)} with a target of shape {WithBatch(target, batch)}",
            Gives(output),
            mend,
            targetSpan);

    public static Diagnostic OutputDiffersFromClasses(
        CallSyntax layer,
        string title,
        Shape output,
        CheckedTarget.Class target,
        Shape wanted,
        long batch,
        RelatedSpan targetSpan,
        string mend) =>
        Finding.Error(
            "PD3004",
            layer.HeadSpan,
            $"the loss compares `{title}` of shape {WithBatch(output, batch)} with a target of "
                + $"{Wording.Number(target.Count)} classes{AtPlaces(target)}, "
            + $"which needs shape {WithBatch(wanted, batch)}",
            Gives(output),
            mend,
            targetSpan);

    public static Diagnostic LossNeedsOtherTarget(LossRule loss, NameSyntax name, RelatedSpan target, string mend) =>
        Finding.Error(
            "PD3005",
            name.Span,
            $"`{loss.Name}` compares with {Wanted(loss.Target)}, but {target.Label}",
            $"needs {Wanted(loss.Target)}",
            mend,
            target);

    public static Diagnostic MetricNeedsOtherTarget(MetricRule metric, NameSyntax name, RelatedSpan target, string mend) =>
        Finding.Error(
            "PD3006",
            name.Span,
            $"`{metric.Name}` compares with {Wanted(metric.Target)}, but {target.Label}",
            $"needs {Wanted(metric.Target)}",
            mend,
            target);

    public static Diagnostic ActivationTwice(LossRule loss, CallSyntax layer, SourceSpan lossSpan) =>
        Finding.Warning(
            "PD3007",
            layer.HeadSpan,
            $"`{loss.Name}` applies {loss.AppliesActivation} itself, so the model's last `{layer.Name.Text}` applies it twice, "
            + "and learning is slow",
            $"a second {loss.AppliesActivation}",
            $"remove this `{layer.Name.Text}`",
            new RelatedSpan(lossSpan, $"applies {loss.AppliesActivation}"));

    private static string AtPlaces(CheckedTarget.Class target) => target.Places.DimensionCount == 0
        ? ""
        : $" at each of {Wording.Count(target.Places.ElementCount, "place")}";

    private static string Wanted(TargetKind kind) => kind switch
    {
        TargetKind.Class => "one class of several",
        TargetKind.Values => "numbers",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Gives(Shape output) => output.DimensionCount == 1
        ? $"this layer gives {Wording.Number(output.Sizes[0])}"
        : $"this layer gives {output}";

    private static Shape WithBatch(Shape shape, long batch) => new(shape.Sizes.Insert(0, batch));
}
