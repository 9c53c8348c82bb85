namespace ParDsl.Benchmarks.Comparisons;

/// <summary>What <c>./benchmark NAME</c> measures.</summary>
internal interface IComparison
{
    string Name { get; }

    /// <summary>What is compared with what, in one line.</summary>
    string About { get; }

    /// <summary>Measures, and writes the figures.</summary>
    /// <returns>The ratio.</returns>
    /// <exception cref="UnavailableException">This machine lacks what it is compared with.</exception>
    double Run(TextWriter output);
}
