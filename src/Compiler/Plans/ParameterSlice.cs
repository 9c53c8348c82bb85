namespace ParDsl.Compiler.Plans;

/// <summary>The part of a parameter that one tensor rank has.</summary>
/// <param name="Index">The rank's coordinate on the tensor axis.</param>
/// <param name="Count">The degree of the axis.</param>
public sealed record ParameterSlice(ParameterCut Cut, int Index, int Count);
