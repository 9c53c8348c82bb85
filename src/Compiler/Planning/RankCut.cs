using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>How a rank's layers and parameters are cut: the same for all ranks that differ in their replica only.</summary>
internal sealed record RankCut(ImmutableArray<GradientBucket> Buckets, ImmutableArray<SegmentPlan> Segments);
