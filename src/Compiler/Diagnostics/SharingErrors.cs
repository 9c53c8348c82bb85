using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD2100 to PD2102 and PD3084: layers that use another layer's weight. One function a mistake.</summary>
internal static class SharingErrors
{
    public static Diagnostic UnknownLabel(LayerContext context, string label)
    {
        var labels = context.Labelled.Places.Keys.ToArray();
        var near = Spelling.Nearest(label, labels);
        return Finding.Error(
            "PD2100",
            context.Span,
            labels.Length == 0
                ? $"`tied={label}` names no layer: this model has no labels"
                : $"`tied={label}` names no layer; the labels of this model are {Wording.And(labels)}",
            "no such label",
            near is null ? $"give the layer its label: `{label}: embedding 128`" : $"write `tied={near}`");
    }

    public static Diagnostic LabelComesLater(LayerContext context, string label, SourceSpan place) => Finding.Error(
        "PD2101",
        context.Span,
        $"`tied={label}` names a layer that comes later; a layer can use only the weight of one before it",
        "used here",
        $"put `tied` on the later of the two, and the weight's layer `{label}` first",
        new RelatedSpan(place, $"`{label}` is here"));

    public static Diagnostic NoWeight(LayerContext context, string label, CheckedLayer owner)
    {
        var place = context.Labelled.Places[label];
        var borrowed = owner.Shared.FirstOrDefault();
        return Finding.Error(
            "PD2102",
            context.Span,
            borrowed is null
                ? $"`tied={label}` names a layer without a weight: `{owner.Kind}` learns none"
                : $"`tied={label}` names a layer that has no weight of its own: it uses `{borrowed.Name}`",
            "no weight to use",
            borrowed is null
                ? "name an `embedding` or a `linear`"
                : $"write `{Tied(context, borrowed.Name)}`",
            new RelatedSpan(place, $"`{label}` is here"));
    }

    public static Diagnostic ShapesDiffer(LayerContext context, string label, CheckedParameter weight, Shape wanted) =>
        Finding.Error(
            "PD3084",
            context.Span,
            $"`{context.Title}` makes {Wording.Number(wanted.Sizes[0])} outputs of {Wording.Number(wanted.Sizes[1])} features, "
                + $"for which it needs a weight of shape {wanted}, but that of `{label}` has shape {weight.Shape}",
            $"{wanted} needed, {weight.Shape} there",
            Mend(weight.Shape, wanted, label),
            new RelatedSpan(context.Labelled.Places[label], $"its weight has shape {weight.Shape}"));

    private static string Mend(Shape weight, Shape wanted, string label)
    {
        if (weight.DimensionCount != 2)
            return "name an `embedding` or a `linear`, whose weight has two dimensions, or remove `tied`";
        return weight.Sizes[1] == wanted.Sizes[1]
            ? $"write `linear {Wording.Number(weight.Sizes[0])} tied={label}`"
            : $"write `linear {Wording.Number(weight.Sizes[1])}` before it, or remove `tied={label}`";
    }

    /// <summary><c>tokens.weight</c> belongs to the label <c>tokens</c>.</summary>
    private static string Tied(LayerContext context, string parameter)
    {
        var owner = parameter[..parameter.LastIndexOf('.')];
        var label = context.Labelled.Earlier.FirstOrDefault(pair => pair.Value.Name == owner).Key;
        return $"tied={label ?? owner}";
    }
}
