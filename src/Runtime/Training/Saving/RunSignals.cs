namespace ParDsl.Runtime.Training.Saving;

/// <summary>
/// What is asked of a run from outside its ranks: to stop, to write a checkpoint. A rank that is asked tells the others in
/// the all-reduce of its next update.
/// </summary>
/// <param name="WantsCheckpoint">Asks for a pause after the next update, for a checkpoint.</param>
/// <param name="Cancellation">Asks for the run's end.</param>
internal sealed record RunSignals(Func<bool> WantsCheckpoint, CancellationToken Cancellation)
{
    /// <summary>Of the ranks that nobody asks.</summary>
    public static readonly RunSignals None = new(() => false, CancellationToken.None);
}
