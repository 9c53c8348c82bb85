using System.Collections.Immutable;

namespace ParDsl.Cli.Tests;

/// <summary>How a finished process ended and what it wrote.</summary>
public sealed record ProgramResult(int Exit, string Output, string Error)
{
    public ImmutableArray<string> OutputLines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The lines of standard output and of standard error.</summary>
    public ImmutableArray<string> Lines => [.. (Output + Error).Split('\n')];

    /// <summary>Those of them that have these words.</summary>
    public IEnumerable<string> LinesWith(string words) => Lines.Where(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>All of it, for a failed test's message.</summary>
    public override string ToString() => $"exit {Exit}\n--- standard output\n{Output}\n--- standard error\n{Error}";
}
