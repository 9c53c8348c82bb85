using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Printing;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training;

/// <summary>
/// Which learning a checkpoint belongs to: the checked program without what may change when a run goes on: its layout, its
/// length, what is measured, when checkpoints are written, and the file's name. <c>SpecDifferences</c> tells what else differs.
/// </summary>
internal static class Fingerprint
{
    public static string Of(CheckedProgram program)
    {
        var learning = program with
        {
            Name = "",
            Parallel = ParallelRequest.Auto(program.Parallel.Span),
            Training = program.Training with { Epochs = 0, Steps = 0, Metrics = [], Checkpoint = CheckpointRequest.AtEnd },
        };
        return SpecFingerprint.Of(CheckedProgramPrinter.Print(learning));
    }
}
