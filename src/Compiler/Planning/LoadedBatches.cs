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
    public static long Bytes(PlanContext context, ImmutableArray<PlanAction> update)
    {
        if (!update.Any(action => action is PlanAction.Load))
            return 0;
        var (input, target) = (Input(context), Target(context));
        return checked((((BatchPlan.LoadedAhead + 1) * (input + target)) + target) * context.Batch.RankMicroBatch);
    }

    /// <summary>Of one sample; numbers of 16 bits are gathered in float32, and rounded.</summary>
    private static long Input(PlanContext context)
    {
        var program = context.Program;
        var bytes = program.Data.InputKind is ValueKind.Tokens
            ? sizeof(long)
            : context.MasterBytes + (program.Training.Precision.HasMasters() ? context.ElementBytes : 0);
        return checked(program.Model.Input.ElementCount * bytes);
    }

    /// <summary>Of one sample; classes are int64.</summary>
    private static long Target(PlanContext context) => context.Program.Data.Target switch
    {
        CheckedTarget.Class classes => checked(classes.Places.ElementCount * sizeof(long)),
        CheckedTarget.Values values => checked(values.Shape.ElementCount * context.MasterBytes),
        var other => throw new ArgumentOutOfRangeException(nameof(context), other, null),
    };
}
