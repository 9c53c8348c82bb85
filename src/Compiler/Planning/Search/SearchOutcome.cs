using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>What a search has found.</summary>
/// <param name="Best">The block of the fastest layout that fits; null where none does.</param>
/// <param name="Candidates">The fastest first, then those that cannot be.</param>
/// <param name="Mistake">Why <c>parallel auto</c> has none.</param>
internal sealed record SearchOutcome(
    ParallelRequest? Best, ImmutableArray<LayoutCandidate> Candidates, Diagnostic? Mistake)
{
    /// <summary>What the user should know of the best one.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
