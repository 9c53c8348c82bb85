using System.Collections.Immutable;

namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>
/// Sessions that train at the same time, each on a thread of its own: one whose ranks are replicas of each other, or one for each
/// rank, which knows nothing of the others and shares the machine with them.
/// </summary>
internal sealed class PassTeam(ImmutableArray<PassSession> sessions) : IDisposable
{
    /// <summary>How long an update takes, in seconds.</summary>
    public double Warm(double seconds) => AtOnce(session => session.Warm(seconds)).Max();

    /// <summary>The mean over sessions.</summary>
    public SegmentSeconds Measure(int updates) => SegmentSeconds.Mean(AtOnce(session => session.Measure(updates)));

    public void Dispose()
    {
        foreach (var session in sessions)
            session.Dispose();
    }

    private ImmutableArray<TResult> AtOnce<TResult>(Func<PassSession, TResult> work)
    {
        var tasks = sessions
            .Select(session => Task.Factory.StartNew(
                () => work(session), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToImmutableArray();
        return [.. tasks.Select(task => task.GetAwaiter().GetResult())];
    }
}
