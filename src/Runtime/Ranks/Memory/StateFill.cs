using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>
/// Whole tensors by parameters' names go in; what a rank holds of them, as runs of its flat buffer, takes its parts: the way
/// back of what puts a checkpoint together.
/// </summary>
internal static class StateFill
{
    /// <param name="run">A state of the elements from its offset on.</param>
    public static void Fill(RankPlan plan, FlatRun run, Func<string, Tensor> wholeOf)
    {
        using var guard = no_grad();
        var last = run.ElementOffset + run.Elements.numel();
        foreach (var placed in plan.Buckets.SelectMany(bucket => bucket.Parameters))
        {
            var start = Math.Max(placed.ElementOffset, run.ElementOffset);
            var end = Math.Min(placed.ElementOffset + placed.Shape.ElementCount, last);
            if (start >= end)
                continue;
            using var whole = wholeOf(placed.Parameter.Name).view([.. placed.Parameter.Shape.Sizes]);
            using var part = Slices.Of(whole, placed.Slice);
            using var flat = part.reshape(-1);
            using var source = flat.narrow(0, start - placed.ElementOffset, end - start);
            using var target = run.Elements.narrow(0, start - run.ElementOffset, end - start);
            target.copy_(source);
        }
    }
}
