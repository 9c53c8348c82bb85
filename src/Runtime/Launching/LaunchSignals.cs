using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// Hands Ctrl-C and SIGTERM on to a job while it runs. The first asks the ranks for a checkpoint and a clean end, the second
/// ends them.
/// </summary>
/// <remarks>
/// Open MPI's launcher, told to end, gives its processes 2 seconds: too few for a checkpoint. It hands SIGUSR1 and SIGUSR2 on
/// as they are, so these stand for SIGINT and SIGTERM. Hydra hands SIGINT and SIGTERM on, and dies of SIGUSR2.
/// </remarks>
public sealed class LaunchSignals : IDisposable
{
    /// <summary>How long a launcher that was told to end may take before it is killed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly LauncherKind kind;
    private readonly int launcher;
    private readonly PosixSignalRegistration[] registrations;
    private readonly CancellationTokenSource ended = new();
    private int count;

    /// <summary>What a process of a job may get in place of SIGINT and SIGTERM.</summary>
    public static ImmutableArray<PosixSignal> HandedOn => [(PosixSignal)ProcessSignal.User1, (PosixSignal)ProcessSignal.User2];

    public LaunchSignals(LauncherKind kind, int launcher)
    {
        (this.kind, this.launcher) = (kind, launcher);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ProcessSignal.Interrupt)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, ProcessSignal.Terminate)),
        ];
    }

    /// <summary>Whether a signal has come.</summary>
    public bool HasAsked => Volatile.Read(ref count) > 0;

    /// <summary>Whether another one has, that ends the ranks as they stand.</summary>
    public bool HasForced => Volatile.Read(ref count) > 1;

    public void Dispose()
    {
        ended.Cancel();
        foreach (var registration in registrations)
            registration.Dispose();
        ended.Dispose();
    }

    /// <summary>What the launcher hands on to its processes as this signal.</summary>
    internal static int Translate(LauncherKind kind, int signal) => (kind, signal) switch
    {
        (LauncherKind.OpenMpi, ProcessSignal.Interrupt) => ProcessSignal.User1,
        (LauncherKind.OpenMpi, _) => ProcessSignal.User2,
        _ => signal,
    };

    private void Handle(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        switch (Interlocked.Increment(ref count))
        {
            case 1:
                ProcessSignal.Send(launcher, Translate(kind, signal));
                break;
            case 2:
                ProcessSignal.Send(launcher, kind == LauncherKind.OpenMpi ? ProcessSignal.Terminate : ProcessSignal.Interrupt);
                _ = KillLater(ended.Token);
                break;
            default:
                LaunchSession.End(launcher);
                break;
        }
    }

    private async Task KillLater(CancellationToken hasEnded)
    {
        await Task.Delay(Patience, hasEnded).ConfigureAwait(false);
        LaunchSession.End(launcher);
    }
}
