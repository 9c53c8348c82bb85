using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Accuracy;

/// <summary>
/// The most that all ranks of a plan hold at one time, which is what can be measured where they are threads of one process. It
/// is less than the sum of what each needs: the stages of a pipeline are at their peaks one after the other.
/// </summary>
internal static class HeldTogether
{
    public static long Bytes(ExecutionPlan plan)
    {
        var constant = plan.Ranks.Sum(rank => rank.Memory.TotalBytes - rank.Memory.ActivationBytes);
        return plan.Prediction is { } prediction
            ? constant + Activations(plan, prediction)
            : constant + plan.Ranks.Sum(rank => rank.Memory.ActivationBytes);
    }

    private static long Activations(ExecutionPlan plan, StepPrediction prediction)
    {
        var changes = prediction.Ranks
            .SelectMany((rank, place) => HeldBytes.Of(plan, rank)
                .Select(change => (change.Time, Place: place, Bytes: change.Bytes * rank.Stands.Length)))
            .OrderBy(change => change.Time)
            .ToArray();
        var held = new long[prediction.Ranks.Length];
        var peak = 0L;
        foreach (var change in changes)
        {
            held[change.Place] = change.Bytes;
            peak = Math.Max(peak, held.Sum());
        }

        return peak;
    }
}
