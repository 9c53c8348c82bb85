using System.Collections.Immutable;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>Where the ranks came back, as rank 0 saw it; the others saw the same.</summary>
/// <param name="WasStopped">Whether the run was asked to end.</param>
/// <param name="MustPause">Whether a rank was asked for a checkpoint.</param>
/// <param name="Validation">The means by name, where an evaluation came last; else empty.</param>
internal readonly record struct Pause(bool WasStopped, bool MustPause, ImmutableSortedDictionary<string, double> Validation)
{
    public static Pause Of(TrainingLoop loop) => new(
        loop.WasStopped,
        loop.MustPause,
        loop.LatestValidation?.Named ?? ImmutableSortedDictionary<string, double>.Empty);
}
