using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The memory of a rank's loader: the batches that wait, and the one that is being made. Of the batch in use the input is
/// counted with what the layers keep.
/// </summary>
public static class LoadedBatches
{
    /// <summary>
    /// What a core copies, row by row, in less time than a thread takes to be woken. A rank on cores makes smaller batches itself
    /// when it needs them; a thread that did so ahead would take a core from a rank.
    /// </summary>
    private const long InlineBytes = 32 << 10;

    /// <summary>How many batches wait for a rank at most; 0 where it makes each itself.</summary>
    /// <param name="samples">Its share of a micro-batch.</param>
    public static int Ahead(CheckedProgram program, int samples, DeviceKind device) =>
        device == DeviceKind.VirtualCpu && checked((Gathered(program) + Input(program) + Target(program)) * samples) <= InlineBytes
            ? 0
            : BatchPlan.LoadedAhead;

    internal static long Bytes(PlanContext context, ImmutableArray<PlanAction> update, DeviceKind device) =>
        update.Any(action => action is PlanAction.Load) ? Bytes(context.Program, context.Batch.RankMicroBatch, device) : 0;

    /// <summary>Of a rank that loads.</summary>
    /// <param name="samples">Its share of a micro-batch.</param>
    internal static long Bytes(CheckedProgram program, int samples, DeviceKind device)
    {
        var (gathered, input, target) = (Gathered(program), Input(program), Target(program));
        var besideUsed = Ahead(program, samples, device) is > 0 and var ahead ? ahead + 1 : 0;
        return checked(((besideUsed * (gathered + input + target)) + gathered + target) * samples);
    }

    /// <summary>Of one sample; numbers of 16 bits are gathered in float32, and rounded.</summary>
    private static long Gathered(CheckedProgram program)
    {
        var precision = program.Training.Precision;
        return program.Data.InputKind is ValueKind.Tokens || !precision.HasMasters()
            ? 0
            : checked(program.Model.Input.ElementCount * precision.Master().ElementBytes());
    }

    /// <summary>Of one sample; tokens are int64.</summary>
    private static long Input(CheckedProgram program)
    {
        var bytes = program.Data.InputKind is ValueKind.Tokens ? sizeof(long) : program.Training.Precision.ElementBytes();
        return checked(program.Model.Input.ElementCount * bytes);
    }

    /// <summary>Of one sample; classes are int64.</summary>
    private static long Target(CheckedProgram program) => program.Data.Target switch
    {
        CheckedTarget.Class classes => checked(classes.Places.ElementCount * sizeof(long)),
        CheckedTarget.Values values => checked(values.Shape.ElementCount * program.Training.Precision.Master().ElementBytes()),
        var other => throw new ArgumentOutOfRangeException(nameof(program), other, null),
    };
}
