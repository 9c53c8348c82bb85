using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Plans;

/// <summary>A parameter, or a tensor rank's part of one, and where it starts in the flat buffer.</summary>
/// <param name="Parameter">As the model has it, whole.</param>
public sealed record PlacedParameter(CheckedParameter Parameter, int LayerIndex, long ElementOffset)
{
    /// <summary>Null where the rank has all of it.</summary>
    public ParameterSlice? Slice { get; init; }

    /// <summary>The shape of what the rank has.</summary>
    public Shape Shape => Slice is null ? Parameter.Shape : Slice.Cut.Local(Parameter.Shape, Slice.Count);
}
