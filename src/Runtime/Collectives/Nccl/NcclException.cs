namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>NCCL or CUDA refused a call, or failed while ranks communicated: in its own words.</summary>
public sealed class NcclException(string message) : Exception(message);
