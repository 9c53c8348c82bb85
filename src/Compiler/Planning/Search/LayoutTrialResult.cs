using ParDsl.Compiler.Costs;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>A layout that was laid out and simulated.</summary>
/// <param name="ActionCount">The actions of the simulated ranks.</param>
internal sealed record LayoutTrialResult(LayoutOption Option, LayoutCandidate Candidate, bool Fits, long ActionCount);
