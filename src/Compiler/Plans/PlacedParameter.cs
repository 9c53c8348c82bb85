using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Plans;

/// <summary>A parameter and where it starts in the flat buffer.</summary>
public sealed record PlacedParameter(CheckedParameter Parameter, int LayerIndex, long ElementOffset);
