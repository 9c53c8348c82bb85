namespace ParDsl.Compiler.Checked;

/// <summary>A program without mistakes: every name resolved, every shape known, every default written out.</summary>
/// <param name="Name">The source file's name without folder and extension.</param>
public sealed record CheckedProgram(
    string Name,
    CheckedData Data,
    CheckedModel Model,
    CheckedTraining Training,
    ParallelRequest Parallel)
{
    public CheckedProgram WithBatch(long batch) => this with { Training = Training with { GlobalBatch = batch } };
}
