namespace ParDsl.Runtime.Checkpoints;

/// <summary>A checkpoint that ranks take their parts of.</summary>
/// <param name="Numbers">The state without its tensors.</param>
internal sealed record StoredState(TrainingState Numbers, StoredTensors Model, StoredTensors Optimizer) : IDisposable
{
    public void Dispose()
    {
        Model.Dispose();
        Optimizer.Dispose();
    }
}
