namespace ParDsl.Benchmarks;

/// <summary>One of the two sides of a comparison: a network that is being trained, ready to do more steps.</summary>
internal interface ITrainingLoop : IDisposable
{
    /// <summary>Trains so many updates on batches of <see cref="BatchSize"/> samples.</summary>
    void Step(int count);

    int BatchSize { get; }
}
