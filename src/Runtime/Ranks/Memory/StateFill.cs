using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>What a rank holds of a state, as runs of its flat buffer, takes its parts of stored tensors: the way back of a checkpoint.</summary>
internal static class StateFill
{
    /// <param name="run">A state of the elements from its offset on.</param>
    public static void Fill(RankPlan plan, FlatRun run, PlacedElements elementsOf)
    {
        using var guard = no_grad();
        foreach (var placed in plan.Buckets.SelectMany(bucket => bucket.Parameters))
        {
            var own = ElementRun.Of(placed).Within(run.ElementOffset, run.Elements.numel());
            if (own.Count <= 0)
                continue;
            using var source = elementsOf(placed, own.Start - placed.ElementOffset, own.Count);
            using var target = run.Elements.narrow(0, own.Start - run.ElementOffset, own.Count);
            target.copy_(source!);
        }
    }
}
