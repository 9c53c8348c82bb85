using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary>What the <c>parallel</c> block asks for, before the devices are known.</summary>
/// <param name="IsAuto">No block, or <c>parallel auto</c>: the planner chooses.</param>
/// <param name="Data">The replicas; null where the block does not name them.</param>
/// <param name="Pipeline">The stages; null where the model is not cut.</param>
/// <param name="Tensor">The ranks that share each layer; null where each rank does whole layers.</param>
/// <param name="Recompute">How activations are kept.</param>
/// <param name="CheckReplicasEvery">The time between two comparisons of the replicas: "100 steps"; empty: never.</param>
/// <param name="Span">What the planner's diagnostics underline: the only axis that is written, else the block's head, or the file's start.</param>
public sealed record ParallelRequest(
    bool IsAuto,
    DataRequest? Data,
    PipelineRequest? Pipeline,
    TensorRequest? Tensor,
    RecomputeRequest Recompute,
    string CheckReplicasEvery,
    SourceSpan Span)
{
    /// <summary>The machines that share the ranks; null where the block does not say: one, or as the command line says.</summary>
    public NodesRequest? Nodes { get; init; }

    public static ParallelRequest Auto(SourceSpan span) => new(true, null, null, null, RecomputeRequest.None, "", span);
}
