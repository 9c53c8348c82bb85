using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>
/// PD2104, PD3001 to PD3003 and PD3008 to PD3013: the spec against its data, and training's numbers against each other.
/// </summary>
internal static class TypeErrors
{
    public static Diagnostic InputShapeDiffers(SourceSpan span, Shape stated, Shape found) =>
        Finding.Error(
            "PD3001",
            span,
            $"the input is stated as {Arithmetic(stated)}, but a sample of the data has {Arithmetic(found)}",
            $"{Wording.Count(stated.ElementCount, "value")} stated, {Wording.Number(found.ElementCount)} there",
            $"write `input {found}`");

    public static Diagnostic TargetCountDiffers(SourceSpan span, Shape stated, long found) =>
        Finding.Error(
            "PD3002",
            span,
            $"the target is stated as {Arithmetic(stated)}, but a target of the data has {Wording.Count(found, "value")}",
            $"{Wording.Count(stated.ElementCount, "value")} stated, {Wording.Number(found)} there",
            $"write `target [{Wording.Number(found)}]`");

    public static Diagnostic ClassNeedsOneValue(SourceSpan span, long found) =>
        Finding.Error(
            "PD3002",
            span,
            $"a class target is one whole number a sample, but a target of the data has {Wording.Count(found, "value")}",
            $"1 value needed, {Wording.Number(found)} there",
            "name the one column that holds the class: `columns=[\"label\"]`");

    public static Diagnostic SyntheticNeedsShape(CallSyntax source, string statement, string example) =>
        Finding.Error(
            "PD3003",
            source.HeadSpan,
            $"synthetic data has no files to learn the {statement}'s shape from, so the spec must state it",
            $"the {statement}'s shape is not known",
            $"write `{example}`");

    public static Diagnostic StatedForText(CallSyntax statement) =>
        Finding.Error(
            "PD2104",
            statement.HeadSpan,
            $"a text is input and target both, each character that of the ones before it, so `{statement.Name.Text}` has "
            + "nothing to say",
            "the text says it",
            $"remove `{statement.HeadSpan.Words}`");

    public static Diagnostic BatchBeyondData(SourceSpan span, long batch, long count, long validation, bool isDefault) =>
        Finding.Error(
            "PD3008",
            span,
            $"a batch of {Wording.Number(batch)} is larger than the data: {TrainingSamples(count, validation)}",
            isDefault ? "the default batch is 32" : $"at most {Wording.Number(count - validation)}",
            $"write `batch {Wording.Number(Math.Max(1, count - validation))}` or less");

    public static Diagnostic BatchNotDivisible(SourceSpan span, long batch, long accumulate)
    {
        var rest = batch % accumulate;
        var nearest = Math.Max(1, batch / accumulate) * accumulate;
        return Finding.Error(
            "PD3009",
            span,
            $"a batch of {Wording.Number(batch)} cannot be cut into {Wording.Number(accumulate)} equal micro-batches: "
            + $"{Wording.Number(batch)} = {Wording.Number(accumulate)} * {Wording.Number(batch / accumulate)} "
            + $"+ {Wording.Number(rest)}",
            $"{Wording.Number(rest)} left over",
            $"write `batch {Wording.Number(nearest)}`");
    }

    public static Diagnostic WarmupBeyondRun(SourceSpan span, string warmup, string run) =>
        Finding.Warning(
            "PD3010",
            span,
            $"a warm-up of {warmup} does not end within the run: {run}; the learning rate never reaches its full value",
            "longer than the run",
            "write a shorter warm-up, or train for longer");

    /// <param name="what">"the input", "the target".</param>
    public static Diagnostic ShapeBeyondRange(SourceSpan span, string what, Shape shape) =>
        Finding.Error(
            "PD3011",
            span,
            $"{what} of shape {shape} has more values than 64 bits can count: {Product(shape)}",
            "too large",
            "write smaller sizes");

    public static Diagnostic LayerBeyondRange(CallSyntax call, Shape input) =>
        Finding.Error(
            "PD3011",
            call.HeadSpan,
            $"`{(call.HasLabel ? call.Label.Text : call.Name.Text)}` on an input of shape {input} makes sizes, parameters or "
            + $"operations beyond 64 bits, which go up to {Wording.Number(long.MaxValue)}",
            "too large",
            "write smaller sizes");

    public static Diagnostic ColumnsWithoutCsv(SourceSpan span, string kind) =>
        Finding.Error(
            "PD3012",
            span,
            $"`columns` chooses columns of a csv file, but the source is `{kind}`, which has none",
            $"`{kind}` has no columns",
            "remove `columns=...`, or write `source csv \"data.csv\"`");

    public static Diagnostic NesterovWithoutMomentum(CallSyntax call, SourceSpan span) =>
        Finding.Error(
            "PD3013",
            span,
            "`nesterov=true` looks ahead along the momentum, but `momentum` is 0",
            "no momentum to look along",
            $"write `{call.HeadSpan.Words} momentum=0.9`");

    private static string TrainingSamples(long count, long validation) => validation == 0
        ? $"there are {Wording.Count(count, "training sample")}"
        : $"{Wording.Number(count)} samples - {Wording.Number(validation)} for validation = "
            + $"{Wording.Count(count - validation, "training sample")}";

    private static string Arithmetic(Shape shape) => shape.DimensionCount < 2
        ? $"{shape}, {Wording.Count(shape.ElementCount, "value")}"
        : $"{shape}, {Product(shape)} = {Wording.Count(shape.ElementCount, "value")}";

    private static string Product(Shape shape) => string.Join(" * ", shape.Sizes.Select(Wording.Number));
}
