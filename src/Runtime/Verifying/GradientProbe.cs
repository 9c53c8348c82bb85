using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Ranks.Memory;
using ParDsl.Runtime.Training;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// Copies each rank's gradients before its optimizer uses them and sets them to zero: on the rank's own thread, each rank
/// its own runs. Between two steps the session puts them together.
/// </summary>
internal sealed class GradientProbe(int rankCount) : IActionProbe, IDisposable
{
    private readonly ImmutableArray<FlatRun>[] kept = [.. Enumerable.Repeat(ImmutableArray<FlatRun>.Empty, rankCount)];

    public void Before(Rank rank, PlanAction action)
    {
        if (action is not PlanAction.Step)
            return;
        Release(kept[rank.Own.Rank]);
        kept[rank.Own.Rank] = [.. RankStates.Gradients(rank).Select(Copy)];
    }

    /// <summary>The last step's, as a state that <see cref="StateAssembly"/> can put together.</summary>
    public ImmutableArray<RankPart> Gradients(Rank rank) => [.. kept[rank.Own.Rank].Select(RankStates.Part)];

    public void Dispose()
    {
        foreach (var runs in kept)
            Release(runs);
    }

    private static FlatRun Copy(FlatRun run) => run with { Elements = run.Elements.clone().DetachFromDisposeScope() };

    private static void Release(ImmutableArray<FlatRun> runs)
    {
        foreach (var run in runs)
            run.Elements.Dispose();
    }
}
