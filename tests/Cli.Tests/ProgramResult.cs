using System.Collections.Immutable;

namespace ParDsl.Cli.Tests;

/// <summary>How a finished process ended and what it wrote.</summary>
public sealed record ProgramResult(int Exit, string Output, string Error)
{
    public ImmutableArray<string> OutputLines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>All of it, for a failed test's message.</summary>
    public override string ToString() => $"exit {Exit}\n--- standard output\n{Output}\n--- standard error\n{Error}";
}
