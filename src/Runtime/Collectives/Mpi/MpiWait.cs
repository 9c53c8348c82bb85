using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// Waits for one operation without taking a core from those who compute: it spins for a little where every rank of the
/// machine has a core of its own, then lets others run between two looks, then sleeps.
/// </summary>
/// <remarks>
/// MPI moves what is under way only while a rank is inside one of its calls: each look is also a push.
/// </remarks>
internal sealed unsafe partial class MpiWait(MpiLibrary library, bool maySpin)
{
    // Longer than a wake-up takes (about 50 us), shorter than anyone would notice in lost processor time.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    // How long it only lets others run: what is already under way between ranks on one machine ends within that.
    private static readonly long YieldTicks = Stopwatch.Frequency / 1_000;

    // A nap is short beside what was waited before, and short for who computes on this core.
    private const int NapsShareOfWait = 20;
    private const int ShortestNapMicroseconds = 50;
    private const int LongestNapMicroseconds = 1_000;

    /// <summary>Returns when the operation is done. The other side may be late: it sleeps after a while.</summary>
    /// <param name="status">Room for <see cref="MpiAbi.StatusBytes"/>.</param>
    public void ForPeer(nint request, byte* status, string function) => Until(request, status, function, maySleep: true);

    /// <summary>The same where all ranks take part already, and what is left is to move bytes.</summary>
    public void ForBytes(nint request, string function)
    {
        var status = stackalloc byte[MpiAbi.StatusBytes];
        Until(request, status, function, maySleep: false);
    }

    /// <summary>Looks once.</summary>
    /// <param name="request">Becomes MPI's empty one when it is done.</param>
    public bool IsDone(ref nint request, byte* status, string function)
    {
        var done = 0;
        var handle = request;
        library.Require(library.Functions.Test(&handle, &done, status), function);
        request = handle;
        return done != 0;
    }

    /// <summary>Sleeps for a little of the time that was waited already.</summary>
    /// <param name="waitedTicks">Of the stopwatch.</param>
    public static void Nap(long waitedTicks)
    {
        var share = waitedTicks * 1_000_000 / Stopwatch.Frequency / NapsShareOfWait;
        _ = SleepFor((uint)Math.Clamp(share, ShortestNapMicroseconds, LongestNapMicroseconds));
    }

    private void Until(nint request, byte* status, string function, bool maySleep)
    {
        var start = Stopwatch.GetTimestamp();
        while (!IsDone(ref request, status, function))
        {
            var waited = Stopwatch.GetTimestamp() - start;
            if (maySpin && waited < SpinTicks)
                Thread.SpinWait(4);
            else if (!maySleep || waited < YieldTicks)
                Thread.Yield();
            else
                Nap(waited);
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int SleepFor(uint microseconds);
}
