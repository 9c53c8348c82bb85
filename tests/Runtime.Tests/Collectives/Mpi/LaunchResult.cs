namespace ParDsl.Runtime.Tests.Collectives.Mpi;

/// <summary>What a job's processes said together, and how it ended.</summary>
internal sealed record LaunchResult(int Exit, string Output, string Error);
