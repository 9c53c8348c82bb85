using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Comparing;

/// <summary>Two plans side by side: what they teach differently, and what they do differently to teach it.</summary>
/// <param name="Learning">What changes losses and weights: data, layers, loss, optimizer, batches, precision, seed.</param>
/// <param name="Watching">What changes neither these nor the layout: metrics and checkpoints.</param>
/// <param name="Execution">Layout, memory, bytes and time.</param>
public sealed record PlanComparison(
    ImmutableArray<Difference> Learning, ImmutableArray<Difference> Watching, ImmutableArray<Difference> Execution)
{
    public static PlanComparison Of(ExecutionPlan before, ExecutionPlan after) => new(
        LearningComparison.Learning(before.Program, after.Program),
        LearningComparison.Watching(before.Program, after.Program),
        ExecutionComparison.Of(before, after));
}
