namespace ParDsl.Compiler.Binding;

/// <summary>What names mean in one body, the model's or a <c>def</c>'s.</summary>
internal sealed record BodyScope(ValueEnvironment Values, BodyLabels Labels, BodyKind Kind);
