using ParDsl.Source;

namespace ParDsl.Compiler.Costs;

/// <summary>A layout that was considered for a program: what it would cost, or why it is none.</summary>
/// <param name="Layout">In the language's words: <c>data 4; tensor 2; shard optimizer</c>.</param>
/// <param name="StepSeconds">The predicted time of an update; null where it cannot be laid out or nothing is known of the hardware's speed.</param>
/// <param name="MemoryBytes">What the rank that needs most needs; 0 where it cannot be laid out.</param>
/// <param name="Binding">What most of the step goes to: <c>computing</c>, <c>reducing gradients over data</c>.</param>
/// <param name="Rejection">Why it cannot run: <c>12 heads do not divide by 8</c>; empty where it can.</param>
/// <param name="Place">What the rejection is about; nowhere where it is about no place of the source.</param>
public sealed record LayoutCandidate(
    string Layout, double? StepSeconds, long MemoryBytes, string Binding, string Rejection, SourceSpan Place);
