using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>What one rank was seen to do in an update, in order.</summary>
public sealed record MeasuredRank(int Rank, ImmutableArray<MeasuredAction> Actions);
