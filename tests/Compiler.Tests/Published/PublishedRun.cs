using System.Collections.Immutable;

namespace ParDsl.Compiler.Tests.Published;

/// <summary>A training run that somebody measured and published, as examples/published/runs.json holds it.</summary>
/// <param name="Model">The model as its source calls it.</param>
/// <param name="Source">The key of its source.</param>
/// <param name="Spec">The spec that stands for it.</param>
/// <param name="On">The hardware, as <c>--on</c> takes it.</param>
/// <param name="Set">What is changed of the spec, as <c>--set</c> takes it.</param>
public sealed record PublishedRun(string Model, string Source, string Spec, string On, ImmutableArray<string> Set)
{
    /// <summary>Of its speed, as it was published; empty where nothing was.</summary>
    public string Published { get; init; } = "";

    /// <summary>What that is for one update; 0 where nothing was published.</summary>
    public double Seconds { get; init; }

    /// <summary>The peak of a device's memory, as it was published; empty where nothing was.</summary>
    public string Memory { get; init; } = "";

    /// <summary>What that is in units of 2^30 bytes; 0 where nothing was published.</summary>
    public double MemoryGib { get; init; }

    /// <summary>The model's parameters where the source tells them; 0 where it does not.</summary>
    public long Parameters { get; init; }

    /// <summary>Whether a constant of the hardware is fitted on it.</summary>
    public bool Fitted { get; init; }
}
