namespace ParDsl.Compiler.Checked;

/// <summary>A learned tensor. Its name is PyTorch's: <c>fc2.weight</c>.</summary>
public sealed record CheckedParameter(string Name, Shape Shape, Initialization Initialization);
