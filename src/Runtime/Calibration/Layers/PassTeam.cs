using System.Collections.Immutable;
using System.Runtime.ExceptionServices;

namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>
/// Sessions that train at the same time, each on a thread of its own: one for each group of related ranks, or for each rank. They
/// know nothing of each other, and share the machine.
/// </summary>
internal sealed class PassTeam : IDisposable
{
    private readonly List<PassSession> sessions = [];

    private PassTeam()
    {
    }

    public static PassTeam Of(int count, Func<PassSession> make)
    {
        var team = new PassTeam();
        try
        {
            for (var number = 0; number < count; number++)
                team.sessions.Add(make());
            return team;
        }
        catch
        {
            team.Dispose();
            throw;
        }
    }

    /// <summary>How long an update takes, in seconds.</summary>
    /// <exception cref="OperationCanceledException">The token said so.</exception>
    public double Warm(double seconds, CancellationToken cancellation) => AtOnce(session => session.Warm(seconds, cancellation)).Max();

    /// <summary>The mean over sessions, all of which train until the last of them is measured: none finds a core that others left.</summary>
    public SegmentSeconds Measure(int updates)
    {
        using var measured = new CountdownEvent(sessions.Count);
        return SegmentSeconds.Mean(AtOnce(session => session.Measure(updates, measured)));
    }

    public void Dispose()
    {
        foreach (var session in sessions)
            session.Dispose();
    }

    /// <summary>All have ended when one's failure is thrown.</summary>
    private ImmutableArray<TResult> AtOnce<TResult>(Func<PassSession, TResult> work)
    {
        var tasks = sessions
            .Select(session => Task.Factory.StartNew(
                () => work(session), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        try
        {
            Task.WaitAll(tasks);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }

        return [.. tasks.Select(task => task.Result)];
    }
}
