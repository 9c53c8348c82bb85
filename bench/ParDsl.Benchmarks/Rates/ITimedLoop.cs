namespace ParDsl.Benchmarks.Rates;

/// <summary>One side of a comparison, ready to do more steps: mostly a network that is being trained.</summary>
internal interface ITimedLoop : IDisposable
{
    /// <summary>Does so many steps of <see cref="StepSize"/> each.</summary>
    /// <returns>The seconds that they took.</returns>
    double Step(int count);

    /// <summary>Samples of an update, or whatever the comparison counts.</summary>
    int StepSize { get; }
}
