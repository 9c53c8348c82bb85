using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Sources;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Printing;

/// <summary>What a program says beside its layers, by name, every default written out. Paths stand as they were written.</summary>
internal static class ProgramFacts
{
    public static IEnumerable<(string Name, string Text)> Data(CheckedData data)
    {
        yield return ("source", Whole(SourceCatalogue.Rules, data.Source));
        yield return ("input", $"{data.Input} {InputValues(data)}" + Columns(data, data.InputColumns, "all but the target's"));
        yield return ("target", Target(data.Target) + Columns(data, data.TargetColumns, "the last"));
        yield return ("validation", Wording.Number(data.ValidationFraction));
        yield return ("samples", Samples(data));
    }

    /// <summary>Only csv has columns to choose from.</summary>
    private static string Columns(CheckedData data, ImmutableArray<string> columns, string otherwise)
    {
        if (data.Source.Kind != CsvSource.Rule.Name)
            return "";
        return columns.IsEmpty ? $" columns=({otherwise})" : $" columns={ArgumentValueText.Write(columns)}";
    }

    private static string InputValues(CheckedData data) => data.InputKind is ValueKind.Tokens tokens
        ? $"tokens of a vocabulary of {Wording.Number(tokens.Vocabulary)}"
        : $"scale={Wording.Number(data.InputScale)} shift={Wording.Number(data.InputShift)}";

    private static string Target(CheckedTarget target) => target switch
    {
        CheckedTarget.Class { Places.DimensionCount: > 0 } classes =>
            $"class {Wording.Number(classes.Count)} at each place of {classes.Places}",
        CheckedTarget.Class classes => $"class {Wording.Number(classes.Count)}",
        CheckedTarget.Values values => values.Shape.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
    };

    private static string Samples(CheckedData data)
    {
        var test = $"{Wording.Number(data.Description.TestCount)} test";
        if (data.Description.TrainingCount is not { } count)
            return $"counted when they are read, {test}";
        var validation = data.ValidationCount(count);
        return $"{Wording.Number(count - validation)} training, {Wording.Number(validation)} validation, {test}";
    }

    public static IEnumerable<(string Name, string Text)> Training(CheckedTraining training)
    {
        yield return ("loss", Whole(LossCatalogue.Rules, training.Loss));
        yield return ("optimizer", Whole(OptimizerCatalogue.Rules, training.Optimizer));
        yield return ("schedule", Whole(ScheduleCatalogue.Rules, training.Schedule));
        yield return ("batch", training.FindsBatch ? "auto (the most that the devices hold)" : Wording.Number(training.GlobalBatch));
        yield return ("accumulate", Wording.Number(training.Accumulate));
        yield return training.Steps > 0
            ? ("steps", Wording.Number(training.Steps))
            : ("epochs", Wording.Number(training.Epochs));
        yield return ("clip", training.ClipNorm > 0 ? Wording.Number(training.ClipNorm) : "none");
        yield return ("seed", Wording.Number(training.Seed));
        yield return ("shuffle", training.Shuffle ? "true" : "false");
        yield return ("precision", training.Precision.Name());
        yield return ("checkpoint", Checkpoint(training.Checkpoint));
        yield return ("metric", training.Metrics.IsEmpty ? "(none)" : string.Join(' ', training.Metrics.Select(metric => metric.Kind)));
    }

    private static string Checkpoint(CheckpointRequest request) => string.Join(
        ' ', CheckpointStatement.Written(request).Select(argument => $"{argument.Name}={ArgumentValueText.Write(argument.Value)}"));

    private static string Whole<TRule>(ImmutableArray<TRule> catalogue, CheckedComponent component)
        where TRule : class, IComponentRule =>
        ComponentText.Write(
            component.Kind,
            catalogue.First(rule => rule.Name == component.Kind).Arguments,
            component.Arguments,
            withDefaults: true);
}
