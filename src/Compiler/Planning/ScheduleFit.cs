using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Planning.Schedules;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>Whether the pipeline's schedule can run with these numbers of stages, micro-batches and chunks.</summary>
internal static class ScheduleFit
{
    public static Diagnostic? Mistake(CheckedProgram program, int pipelineDegree)
    {
        if (program.Parallel.Pipeline is not { } request)
            return null;
        var microBatches = program.Training.Accumulate * BatchCut.MicroBatches(program, pipelineDegree);
        if (microBatches > program.Training.GlobalBatch)
            return PipelineErrors.MoreMicroBatchesThanSamples(request, microBatches, program.Training.GlobalBatch);
        var mistakes = PipelineSchedule.Mistakes(request.Schedule, pipelineDegree, (int)microBatches, (int)request.Chunks);
        return mistakes.IsEmpty
            ? null
            : mistakes[0] switch
            {
                ScheduleMistake.TooFewChunks => PipelineErrors.TooFewChunks(request),
                ScheduleMistake.ChunksWithoutInterleaving => PipelineErrors.ChunksWithoutInterleaving(request),
                ScheduleMistake.MicroBatchesNotMultipleOfStages =>
                    PipelineErrors.MicroBatchesNotMultipleOfStages(request, microBatches, pipelineDegree),
                var other => throw new ArgumentOutOfRangeException(nameof(program), other, null),
            };
    }
}
