using System.Collections.Immutable;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>
/// Unrolls a bound model and carries the shape from layer to layer. The first mistake ends the walk, with null for the value
/// behind it: what follows has no known shape, and guessing one would invent mistakes.
/// </summary>
internal sealed class ModelChecker(Shape modelInput, ValueKind inputKind, DiagnosticBag bag)
{
    /// <summary>A limit on what a `repeat` can make, far above any model that is trained.</summary>
    public const int GreatestLayerCount = 10_000;

    private readonly LayerList layers = new(modelInput, inputKind, bag);
    private LabelledLayers labelled = LabelledLayers.None;

    /// <summary>The checked model, or null where there is a mistake.</summary>
    public ModelOutcome? Check(ImmutableArray<BoundStatement> statements)
    {
        labelled = labelled with { Places = LabelPlaces.Of(statements) };
        var input = new LayerValue(CheckedLayer.ModelInput, modelInput, inputKind);
        return Walk(statements, input, "", new NamedValues()) is { } output ? layers.Finish(output) : null;
    }

    private LayerValue? Walk(ImmutableArray<BoundStatement> statements, LayerValue input, string prefix, NamedValues names)
    {
        var value = input;
        for (var index = 0; index < statements.Length; index++)
        {
            var call = statements[index].Call;
            if (Step(statements[index], value, Name(prefix, call, index), names) is not { } output)
                return null;
            value = output;
            if (call.HasLabel)
                names.Add(call.Label.Text, value);
        }

        return value;
    }

    private LayerValue? Step(BoundStatement statement, LayerValue input, string name, NamedValues names) => statement switch
    {
        BoundStatement.Layer layer => AddLayer(layer.Rule, layer.Arguments, input, name, layer.Call),
        BoundStatement.Repeat repeat => AddRepeat(repeat, input, name, names),
        BoundStatement.Group group => Walk(group.Body, input, $"{name}.", new NamedValues(names)),
        BoundStatement.Use use => bag.Within([use.Place], () => Walk(use.Body, input, $"{name}.", new NamedValues())),
        BoundStatement.Residual residual => AddResidual(residual, input, name, names),
        BoundStatement.Branches branches => AddBranches(branches, input, name, names),
        BoundStatement.Branch branch => Walk(branch.Body, input, $"{name}.", new NamedValues(names)),
        BoundStatement.Combination combination => AddCombination(combination, input, name, names),
        _ => null,
    };

    private LayerValue? AddLayer(ILayerRule rule, CheckedArguments arguments, LayerValue input, string name, CallSyntax call)
    {
        var title = call.HasLabel ? call.Label.Text : rule.Name;
        var context = new LayerContext(arguments, input.Shape, name, title, call.HeadSpan)
        {
            InputKind = input.Kind,
            Labelled = labelled,
        };
        if (Misfit(rule, context) is { } misfit)
            return bag.Refuse<LayerValue>(misfit);
        var value = layers.Add(name, rule.Name, arguments, [input], call, () => rule.Infer(context));
        if (value is not null && call.HasLabel)
            labelled = labelled.With(call.Label.Text, layers[value.Index]);
        return value;
    }

    private static Diagnostic? Misfit(ILayerRule rule, LayerContext context) => (context.InputKind, rule.TakesTokens) switch
    {
        (ValueKind.Tokens tokens, false) => SequenceErrors.NeedsNumbers(context.Span, context.Title, tokens.Vocabulary),
        (ValueKind.Reals, true) => SequenceErrors.NeedsTokens(context),
        _ => null,
    };

    private LayerValue? AddRepeat(BoundStatement.Repeat repeat, LayerValue input, string name, NamedValues names)
    {
        var value = input;
        for (var iteration = 0L; iteration < repeat.Count; iteration++)
        {
            var prefix = $"{name}.{Wording.Number(iteration)}.";
            if (Walk(repeat.Body, value, prefix, new NamedValues(names)) is not { } output)
                return null;
            value = output;
        }

        return value;
    }

    private LayerValue? AddResidual(BoundStatement.Residual residual, LayerValue input, string name, NamedValues names)
    {
        if (input.Kind is ValueKind.Tokens tokens)
        {
            return bag.Refuse<LayerValue>(
                SequenceErrors.NeedsNumbers(residual.Call.HeadSpan, residual.Call.Name.Text, tokens.Vocabulary));
        }

        if (Walk(residual.Body, input, $"{name}.", new NamedValues(names)) is not { } body)
            return null;
        if (Bypass(residual, input, body.Shape, name) is not { } bypass)
            return null;
        ImmutableArray<CombinationInput> inputs = [new("what comes in", bypass.Shape), new("the block's value", body.Shape)];
        return Combine(CombinationCatalogue.Add, CheckedArguments.None, [bypass, body], inputs, name, residual.Call);
    }

    /// <summary>What comes in, or where the body changes the shape and the spec allows it, its projection.</summary>
    private LayerValue? Bypass(BoundStatement.Residual residual, LayerValue input, Shape body, string name)
    {
        if (input.Shape.Equals(body))
            return input;
        var (span, projection) = (residual.Call.HeadSpan, BypassProjection.Between(input.Shape, body));
        if (!residual.Projects)
            return bag.Refuse<LayerValue>(ShapeErrors.ResidualShapesDiffer(input.Shape, body, span, projection is not null));
        return projection is null
            ? bag.Refuse<LayerValue>(ShapeErrors.ResidualCannotProject(input.Shape, body, span))
            : AddLayer(projection.Rule, projection.Arguments, input, $"{name}.{BypassProjection.Label}", residual.Call);
    }

    private LayerValue? AddBranches(BoundStatement.Branches branches, LayerValue input, string name, NamedValues names)
    {
        var inner = new NamedValues(names);
        var values = ImmutableArray.CreateBuilder<LayerValue>();
        var inputs = ImmutableArray.CreateBuilder<CombinationInput>();
        for (var index = 0; index < branches.All.Length; index++)
        {
            var call = branches.All[index].Call;
            if (Step(branches.All[index], input, Name($"{name}.", call, index), inner) is not { } value)
                return null;
            if (call.HasLabel)
                inner.Add(call.Label.Text, value);
            values.Add(value);
            inputs.Add(new(call.HasLabel ? $"`{call.Label.Text}`" : $"branch {index}", value.Shape));
        }

        return Combine(branches.Rule, branches.Arguments, values.ToImmutable(), inputs.ToImmutable(), name, branches.Call);
    }

    private LayerValue? AddCombination(
        BoundStatement.Combination combination, LayerValue input, string name, NamedValues names)
    {
        ImmutableArray<LayerValue> values = [input, .. combination.Labels.Select(names.Find)];
        ImmutableArray<CombinationInput> inputs =
        [
            new("what comes in", input.Shape),
            .. combination.Labels.Select((label, index) => new CombinationInput($"`{label}`", values[index + 1].Shape)),
        ];
        return Combine(combination.Rule, combination.Arguments, values, inputs, name, combination.Call);
    }

    private LayerValue? Combine(
        ICombinationRule rule,
        CheckedArguments arguments,
        ImmutableArray<LayerValue> values,
        ImmutableArray<CombinationInput> inputs,
        string name,
        CallSyntax call)
    {
        if (values.Select(value => value.Kind).OfType<ValueKind.Tokens>().FirstOrDefault() is { } tokens)
            return bag.Refuse<LayerValue>(SequenceErrors.NeedsNumbers(call.HeadSpan, call.Name.Text, tokens.Vocabulary));
        var context = new CombinationContext(arguments, inputs, call.HeadSpan);
        return layers.Add(name, rule.Name, arguments, values, call, () => rule.Infer(context));
    }

    /// <summary>PyTorch's name of what stands there: the label, or the position in the block.</summary>
    private static string Name(string prefix, CallSyntax call, int index) =>
        prefix + (call.HasLabel ? call.Label.Text : Wording.Number(index));
}
