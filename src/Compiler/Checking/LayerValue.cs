using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Checking;

/// <summary>What a layer gives: its index, or <see cref="CheckedLayer.ModelInput"/>, the shape, and what it holds.</summary>
internal sealed record LayerValue(int Index, Shape Shape, ValueKind Kind);
