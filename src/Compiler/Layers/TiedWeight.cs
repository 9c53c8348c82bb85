using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Layers;

/// <summary>The weight of a labelled layer that another layer uses as its own: found, or the mistake in naming it.</summary>
internal abstract record TiedWeight
{
    public const string Role = "weight";

    private TiedWeight()
    {
    }

    /// <param name="wanted">The shape that the weight must have to be used here.</param>
    public static TiedWeight Find(LayerContext context, string label, Shape wanted)
    {
        if (!context.Labelled.Earlier.TryGetValue(label, out var owner))
        {
            return new Mistake(context.Labelled.Places.TryGetValue(label, out var place)
                ? SharingErrors.LabelComesLater(context, label, place)
                : SharingErrors.UnknownLabel(context, label));
        }

        if (owner.Parameters.FirstOrDefault(parameter => parameter.Name == $"{owner.Name}.{Role}") is not { } weight)
            return new Mistake(SharingErrors.NoWeight(context, label, owner));
        return weight.Shape.Equals(wanted)
            ? new Found(new SharedParameter(Role, weight.Name, owner.Index))
            : new Mistake(SharingErrors.ShapesDiffer(context, label, weight, wanted));
    }

    public sealed record Found(SharedParameter Shared) : TiedWeight;

    public sealed record Mistake(Diagnostic Diagnostic) : TiedWeight;
}
