using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Planning.Schedules;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>Whether the pipeline's schedule can run with these numbers of stages, micro-batches and chunks.</summary>
internal static class ScheduleFit
{
    /// <param name="microBatches">Of one update.</param>
    public static IEnumerable<Diagnostic> Mistakes(CheckedProgram program, int pipelineDegree, int microBatches) =>
        program.Parallel.Pipeline is not { } request
            ? []
            : PipelineSchedule
                .Mistakes(request.Schedule, pipelineDegree, microBatches, (int)request.Chunks)
                .Select(mistake => mistake switch
                {
                    ScheduleMistake.TooFewChunks => PipelineErrors.TooFewChunks(request),
                    ScheduleMistake.ChunksWithoutInterleaving => PipelineErrors.ChunksWithoutInterleaving(request),
                    ScheduleMistake.MicroBatchesNotMultipleOfStages => PipelineErrors.MicroBatchesNotMultipleOfStages(
                        request, program.Training.Accumulate, microBatches, pipelineDegree),
                    var other => throw new ArgumentOutOfRangeException(nameof(program), other, null),
                });
}
