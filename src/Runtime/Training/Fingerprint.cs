using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Printing;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training;

/// <summary>
/// Which learning a checkpoint belongs to: the checked program, its layout left out, which may change between runs.
/// </summary>
internal static class Fingerprint
{
    public static string Of(CheckedProgram program)
    {
        var anyLayout = ParallelRequest.Auto(program.Parallel.Span);
        return SpecFingerprint.Of(CheckedProgramPrinter.Print(program with { Parallel = anyLayout }));
    }
}
