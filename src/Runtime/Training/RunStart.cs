using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Training;

/// <summary>What is known when the first step begins.</summary>
/// <param name="StepsPerEpoch">Updates that one pass over the training samples takes.</param>
public sealed record RunStart(
    ExecutionPlan Plan,
    long TrainingCount,
    long ValidationCount,
    long TestCount,
    long StepsPerEpoch,
    long TotalSteps,
    string? Directory)
{
    /// <summary>The updates that earlier processes of the run have done.</summary>
    public long CompletedSteps { get; init; }
}
