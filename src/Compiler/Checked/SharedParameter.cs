namespace ParDsl.Compiler.Checked;

/// <summary>
/// A parameter that a layer uses and another one owns: a head tied to an embedding. It is one tensor, learned, counted and
/// saved once, under its owner's name; its gradient is the sum of what both uses give.
/// </summary>
/// <param name="Role">What it is to the layer that uses it: <c>weight</c>.</param>
/// <param name="Name">Its owner's name for it: <c>tokens.weight</c>.</param>
/// <param name="OwnerLayer">The owner's index in <see cref="CheckedModel.Layers"/>, always below the user's own.</param>
public sealed record SharedParameter(string Role, string Name, int OwnerLayer);
