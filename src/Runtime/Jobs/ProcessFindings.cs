using System.Collections.Immutable;

namespace ParDsl.Runtime.Jobs;

/// <summary>What one process says of a stage that all go through.</summary>
/// <param name="IsWell">Whether it can go on.</param>
public sealed record ProcessFindings(bool IsWell, ImmutableArray<DiagnosticMessage> Findings);
