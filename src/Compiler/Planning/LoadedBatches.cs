using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The memory of a rank's loader: the batches that wait, and the one that is being made. Of the batch in use the input is
/// counted with what the layers keep.
/// </summary>
internal static class LoadedBatches
{
    public static long Bytes(PlanContext context, ImmutableArray<PlanAction> update) =>
        update.Any(action => action is PlanAction.Load) ? Bytes(context.Program, context.Batch.RankMicroBatch) : 0;

    /// <summary>Of a rank that loads.</summary>
    /// <param name="samples">Its share of a micro-batch.</param>
    public static long Bytes(CheckedProgram program, int samples)
    {
        var (input, target) = (Input(program), Target(program));
        return checked((((BatchPlan.LoadedAhead + 1) * (input + target)) + target) * samples);
    }

    /// <summary>Of one sample; numbers of 16 bits are gathered in float32, and rounded.</summary>
    private static long Input(CheckedProgram program)
    {
        var precision = program.Training.Precision;
        var bytes = program.Data.InputKind is ValueKind.Tokens
            ? sizeof(long)
            : precision.Master().ElementBytes() + (precision.HasMasters() ? precision.ElementBytes() : 0);
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
