using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Layers;

/// <summary>A collective that a layer needs in one pass, and the numbers that each rank puts in.</summary>
public sealed record SynchronizedWork(CollectiveKind Kind, long Elements);
