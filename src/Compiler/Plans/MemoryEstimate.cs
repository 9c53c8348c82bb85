namespace ParDsl.Compiler.Plans;

/// <summary>What a rank's device must hold at once, in bytes.</summary>
/// <param name="TransientBytes">Whole buckets of sharded parameters and gradients, at their peak.</param>
/// <param name="ActivationBytes">What autograd keeps of the micro-batches in flight, at its peak.</param>
public sealed record MemoryEstimate(
    long ParameterBytes,
    long GradientBytes,
    long OptimizerBytes,
    long BufferBytes,
    long TransientBytes,
    long ActivationBytes)
{
    /// <summary>Weights and gradients in float32, of what the rank updates, where the parameters are in fewer bits.</summary>
    public long MasterBytes { get; init; }

    /// <summary>Batches that are loaded ahead, and targets of the one that is used.</summary>
    public long BatchBytes { get; init; }

    /// <summary>What kernels take beside what they read and write.</summary>
    public long WorkspaceBytes { get; init; }

    public long TotalBytes => checked(
        ParameterBytes + GradientBytes + MasterBytes + OptimizerBytes + BufferBytes + BatchBytes + TransientBytes + ActivationBytes
        + WorkspaceBytes);
}
