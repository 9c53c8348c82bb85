using System.Collections.Immutable;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>
/// Unrolls a bound model and carries the shape from layer to layer. The first mistake ends the walk: what is behind it has
/// no known shape, and guessing one would invent mistakes.
/// </summary>
internal sealed class ModelChecker(Shape modelInput, ValueKind inputKind, DiagnosticBag bag)
{
    /// <summary>A limit on what a `repeat` can make, far above any model that is trained.</summary>
    public const int GreatestLayerCount = 10_000;

    private readonly ImmutableArray<CheckedLayer>.Builder layers = ImmutableArray.CreateBuilder<CheckedLayer>();
    private readonly ImmutableArray<CallSyntax>.Builder calls = ImmutableArray.CreateBuilder<CallSyntax>();
    private LabelledLayers labelled = LabelledLayers.None;
    private int source = CheckedLayer.ModelInput;
    private Shape? reached;

    /// <summary>The shape behind the last layer.</summary>
    private Shape Current => reached ?? modelInput;

    /// <summary>What comes out of the last layer: every layer gives real numbers.</summary>
    private ValueKind CurrentKind => reached is null ? inputKind : ValueKind.Numbers;

    /// <summary>The checked model, or null where there is a mistake.</summary>
    public ModelOutcome? Check(ImmutableArray<BoundStatement> statements)
    {
        labelled = labelled with { Places = LabelPlaces.Of(statements) };
        if (!Walk(statements, "") || layers.Count == 0)
            return null;
        var model = new CheckedModel(modelInput, layers.ToImmutable()) { InputKind = inputKind };
        return HasCountableTotals(model) ? new ModelOutcome(model, calls.ToImmutable()) : null;
    }

    private bool Walk(ImmutableArray<BoundStatement> statements, string prefix)
    {
        for (var index = 0; index < statements.Length; index++)
        {
            var call = statements[index].Call;
            var name = prefix + (call.HasLabel ? call.Label.Text : Wording.Number(index));
            if (!Step(statements[index], name))
                return false;
        }

        return true;
    }

    private bool Step(BoundStatement statement, string name) => statement switch
    {
        BoundStatement.Layer layer => AddLayer(layer, name),
        BoundStatement.Repeat repeat => AddRepeat(repeat, name),
        BoundStatement.Residual residual => AddResidual(residual, name),
        _ => false,
    };

    private bool AddRepeat(BoundStatement.Repeat repeat, string name)
    {
        for (var iteration = 0L; iteration < repeat.Count; iteration++)
        {
            if (!Walk(repeat.Body, $"{name}.{Wording.Number(iteration)}."))
                return false;
        }

        return true;
    }

    private bool AddResidual(BoundStatement.Residual residual, string name)
    {
        if (CurrentKind is ValueKind.Tokens tokens)
            return Refuse(SequenceErrors.NeedsNumbers(residual.Call.HeadSpan, residual.Call.Name.Text, tokens.Vocabulary));
        var (bypass, bypassShape) = (source, Current);
        return Walk(residual.Body, $"{name}.") && Add(
            () => ResidualAdd.Infer(bypassShape, Current, residual.Call.HeadSpan),
            facts => Layer(
                name, ResidualAdd.Kind, CheckedArguments.None, [bypass, source], [bypassShape, Current], facts, residual.Place),
            residual.Call);
    }

    private bool AddLayer(BoundStatement.Layer layer, string name)
    {
        var title = layer.Call.HasLabel ? layer.Call.Label.Text : layer.Rule.Name;
        var context = new LayerContext(layer.Arguments, Current, name, title, layer.Call.HeadSpan)
        {
            InputKind = CurrentKind,
            Labelled = labelled,
        };
        return Takes(layer.Rule, context) && Add(
            () => layer.Rule.Infer(context),
            facts => Layer(name, layer.Rule.Name, layer.Arguments, [source], [Current], facts, layer.Place),
            layer.Call);
    }

    private bool Takes(ILayerRule rule, LayerContext context) => (context.InputKind, rule.TakesTokens) switch
    {
        (ValueKind.Tokens tokens, false) =>
            Refuse(SequenceErrors.NeedsNumbers(context.Span, context.Title, tokens.Vocabulary)),
        (ValueKind.Reals, true) => Refuse(SequenceErrors.NeedsTokens(context)),
        _ => true,
    };

    private bool Add(Func<LayerOutcome> infer, Func<LayerOutcome.Facts, CheckedLayer> make, CallSyntax call)
    {
        if (layers.Count == GreatestLayerCount)
            return Refuse(NameErrors.TooManyLayers(call.HeadSpan, GreatestLayerCount));
        try
        {
            var outcome = infer();
            if (outcome is not LayerOutcome.Facts facts)
                return outcome is LayerOutcome.Mistake mistake && Refuse(mistake.Diagnostic);
            layers.Add(make(facts));
            calls.Add(call);
            if (call.HasLabel)
                labelled = labelled.With(call.Label.Text, layers[^1]);
            (source, reached) = (layers.Count - 1, facts.Output);
            return layers[^1].ParameterCount >= 0 && facts.Output.ElementCount >= 0;
        }
        catch (OverflowException)
        {
            return Refuse(TypeErrors.LayerBeyondRange(call, Current));
        }
    }

    private CheckedLayer Layer(
        string name,
        string kind,
        CheckedArguments arguments,
        ImmutableArray<int> inputs,
        ImmutableArray<Shape> inputShapes,
        LayerOutcome.Facts facts,
        SourcePlace place) =>
        new(
            layers.Count,
            name,
            kind,
            arguments,
            inputs,
            inputShapes,
            facts.Output,
            facts.Parameters,
            facts.Buffers,
            facts.FlopsPerSample,
            facts.SavedElementsPerSample,
            place)
        {
            Shared = facts.Shared,
        };

    /// <summary>Each layer may fit 64 bits and their sum not; the bytes of float64 must fit too.</summary>
    private bool HasCountableTotals(CheckedModel model)
    {
        try
        {
            var saved = model.Layers.Sum(layer => layer.SavedElementsPerSample);
            return checked(model.ParameterCount * sizeof(double)) >= 0
                && checked(saved * sizeof(double)) >= 0
                && model.FlopsPerSample >= 0;
        }
        catch (OverflowException)
        {
            return Refuse(TypeErrors.LayerBeyondRange(calls[^1], Current));
        }
    }

    private bool Refuse(Diagnostic diagnostic)
    {
        bag.Add(diagnostic);
        return false;
    }
}
