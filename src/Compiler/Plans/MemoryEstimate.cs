namespace ParDsl.Compiler.Plans;

/// <summary>What a rank's device must hold at once, in bytes.</summary>
public sealed record MemoryEstimate(
    long ParameterBytes,
    long GradientBytes,
    long OptimizerBytes,
    long BufferBytes,
    long ActivationBytes)
{
    public long TotalBytes => checked(ParameterBytes + GradientBytes + OptimizerBytes + BufferBytes + ActivationBytes);
}
