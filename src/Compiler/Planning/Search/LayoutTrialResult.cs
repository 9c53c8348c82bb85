using ParDsl.Compiler.Costs;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>A layout that was laid out and simulated.</summary>
internal sealed record LayoutTrialResult(LayoutOption Option, LayoutCandidate Candidate, bool Fits);
