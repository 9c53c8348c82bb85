namespace ParDsl.Compiler.Comparing;

/// <summary>What two programs or plans do not have alike.</summary>
/// <param name="What">What it is, in the language's words: <c>batch</c>, <c>layer fc1</c>.</param>
/// <param name="Before">What the first one has; empty where it has no such thing.</param>
/// <param name="After">The same of the second one.</param>
public sealed record Difference(string What, string Before, string After);
