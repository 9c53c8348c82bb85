using System.Collections.Immutable;

namespace ParDsl.Accuracy;

/// <summary>The layouts of 1, 2 and 4 ranks that every example is tried in, in the words of <c>--layouts</c>.</summary>
internal static class MeasuredLayouts
{
    /// <summary>The planner's own choice.</summary>
    public const string Auto = "auto";

    public static readonly ImmutableArray<string> All =
    [
        "data=1", "data=2", "data=4",
        "data=2,shard=optimizer", "data=2,shard=gradients", "data=2,shard=parameters",
        "data=4,shard=optimizer", "data=4,shard=parameters",
        "pipeline=2,schedule=gpipe", "pipeline=2,schedule=1f1b", "pipeline=2,schedule=interleaved,chunks=2",
        "pipeline=2,schedule=zero_bubble", "pipeline=2,microbatches=8", "pipeline=4,schedule=gpipe", "pipeline=4,schedule=1f1b",
        "tensor=2", "tensor=2,sequence=true", "tensor=4",
        "data=2,pipeline=2", "data=2,tensor=2", "pipeline=2,tensor=2",
        "data=2,recompute=all",
        Auto,
    ];
}
