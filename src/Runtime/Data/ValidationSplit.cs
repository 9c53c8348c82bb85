using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Which samples are kept back for validation. With shuffling they are drawn by the run's seed alone, so they are the same in
/// every layout; without, and for a text, they are the last ones of the file. Both parts keep the file's order.
/// </summary>
public sealed record ValidationSplit(ImmutableArray<int> Training, ImmutableArray<int> Validation)
{
    public static ValidationSplit Of(int count, CheckedData data, CheckedTraining training)
    {
        var trainingCount = count - (int)data.ValidationCount(count);
        var order = training.Shuffle && !data.IsOneRun
            ? Permutation.Of(count, new SplitMix64(training.Seed, "validation"))
            : Permutation.Identity(count);
        Array.Sort(order, 0, trainingCount);
        Array.Sort(order, trainingCount, count - trainingCount);
        return new ValidationSplit([.. order.AsSpan(0, trainingCount)], [.. order.AsSpan(trainingCount)]);
    }
}
