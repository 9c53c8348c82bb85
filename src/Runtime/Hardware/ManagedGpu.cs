namespace ParDsl.Runtime.Hardware;

/// <summary>A GPU as the driver describes it. <c>Identity</c> is its UUID: <c>GPU-8f2e...</c>.</summary>
internal sealed record ManagedGpu(string Name, string Identity, long MemoryBytes);
