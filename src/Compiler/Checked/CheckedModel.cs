using System.Collections.Immutable;

namespace ParDsl.Compiler.Checked;

/// <summary>The layers in execution order; the last one's output is the model's. It never mentions devices.</summary>
public sealed record CheckedModel(Shape Input, ImmutableArray<CheckedLayer> Layers)
{
    /// <summary>What the model's input holds; every layer gives real numbers.</summary>
    public ValueKind InputKind { get; init; } = ValueKind.Numbers;

    public Shape Output => Layers.IsEmpty ? Input : Layers[^1].Output;

    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Floating-point operations of one sample's forward pass.</summary>
    public long FlopsPerSample => Layers.Sum(layer => layer.FlopsPerSample);
}
