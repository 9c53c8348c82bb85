using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>One of the values that are combined.</summary>
/// <param name="Title">How messages call it: "what comes in", "`enc1`", "branch 2".</param>
public sealed record CombinationInput(string Title, Shape Shape);
