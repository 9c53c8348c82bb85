using System.Collections.Immutable;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>The model's graph while it grows, a layer at a time. Law: no count or size in it is beyond 64 bits.</summary>
internal sealed class LayerList(Shape modelInput, ValueKind inputKind, DiagnosticBag bag)
{
    private readonly ImmutableArray<CheckedLayer>.Builder layers = ImmutableArray.CreateBuilder<CheckedLayer>();
    private readonly ImmutableArray<CallSyntax>.Builder calls = ImmutableArray.CreateBuilder<CallSyntax>();
    private readonly ImmutableArray<ImmutableArray<RelatedSpan>>.Builder uses =
        ImmutableArray.CreateBuilder<ImmutableArray<RelatedSpan>>();

    public CheckedLayer this[int index] => layers[index];

    /// <summary>The new layer's value; null where its rule refuses it, which is then in the bag.</summary>
    /// <param name="call">The statement that makes it.</param>
    public LayerValue? Add(
        string name,
        string kind,
        CheckedArguments arguments,
        ImmutableArray<LayerValue> inputs,
        CallSyntax call,
        Func<LayerOutcome> infer)
    {
        if (layers.Count == ModelChecker.GreatestLayerCount)
            return bag.Refuse<LayerValue>(NameErrors.TooManyLayers(call.HeadSpan, ModelChecker.GreatestLayerCount));
        try
        {
            return infer() switch
            {
                LayerOutcome.Facts facts => Append(Layer(name, kind, arguments, inputs, call, facts), call),
                LayerOutcome.Mistake mistake => bag.Refuse<LayerValue>(mistake.Diagnostic),
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return bag.Refuse<LayerValue>(TypeErrors.LayerBeyondRange(call, inputs[0].Shape));
        }
    }

    /// <summary>The whole model; null where it has no layer, or more than can be counted.</summary>
    public ModelOutcome? Finish(LayerValue output)
    {
        var model = new CheckedModel(modelInput, layers.ToImmutable()) { InputKind = inputKind };
        return layers.Count > 0 && HasCountableTotals(model, output)
            ? new ModelOutcome(model, calls.ToImmutable(), uses.ToImmutable())
            : null;
    }

    private LayerValue? Append(CheckedLayer layer, CallSyntax call)
    {
        layers.Add(layer);
        calls.Add(call);
        uses.Add(bag.Uses);
        // Counting is what overflows, not the sign. Every layer gives real numbers.
        return layer.ParameterCount >= 0 && layer.Output.ElementCount >= 0
            ? new LayerValue(layer.Index, layer.Output, ValueKind.Numbers)
            : null;
    }

    private CheckedLayer Layer(
        string name,
        string kind,
        CheckedArguments arguments,
        ImmutableArray<LayerValue> inputs,
        CallSyntax call,
        LayerOutcome.Facts facts) =>
        new(
            layers.Count,
            name,
            kind,
            arguments,
            [.. inputs.Select(input => input.Index)],
            [.. inputs.Select(input => input.Shape)],
            facts.Output,
            facts.Parameters,
            facts.Buffers,
            facts.FlopsPerSample,
            facts.SavedElementsPerSample,
            SpanPlace.Of(call.Span))
        {
            Shared = facts.Shared,
            SavedIndicesPerSample = facts.SavedIndicesPerSample,
        };

    /// <summary>Each layer may fit 64 bits and their sum not; the bytes of float64 must fit too.</summary>
    private bool HasCountableTotals(CheckedModel model, LayerValue output)
    {
        try
        {
            var saved = model.Layers.Sum(layer => checked(layer.SavedElementsPerSample + layer.SavedIndicesPerSample));
            return checked(model.ParameterCount * sizeof(double)) >= 0
                && checked(saved * sizeof(double)) >= 0
                && model.FlopsPerSample >= 0;
        }
        catch (OverflowException)
        {
            bag.Add(TypeErrors.LayerBeyondRange(calls[^1], output.Shape));
            return false;
        }
    }
}
