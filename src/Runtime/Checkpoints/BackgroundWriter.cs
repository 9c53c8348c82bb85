using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// Writes one checkpoint at a time on a thread of its own while training goes on. What goes wrong there is thrown to whoever
/// starts the next one, or waits for the last.
/// </summary>
/// <param name="write">Writes a state to the disk.</param>
internal sealed class BackgroundWriter(Action<TrainingState> write) : IDisposable
{
    private Thread? thread;
    private volatile Exception? failure;
    private long lastTicks;

    public bool HasFailed => failure is not null;

    /// <summary>How long the last write took; zero before the first.</summary>
    public TimeSpan LastDuration => TimeSpan.FromTicks(Interlocked.Read(ref lastTicks));

    /// <summary>Waits for the write that is under way, if one is, and starts this one.</summary>
    /// <param name="state">Its tensors are disposed of when it is written.</param>
    /// <exception cref="RunFailedException">The write before it failed; this one is not begun.</exception>
    public void Start(TrainingState state)
    {
        try
        {
            Wait();
        }
        catch
        {
            state.DisposeTensors();
            throw;
        }

        thread = new Thread(() => Write(state)) { IsBackground = true, Name = $"checkpoint {state.Step}" };
        thread.Start();
    }

    /// <summary>Returns when what was started is on the disk.</summary>
    public void Wait()
    {
        thread?.Join();
        thread = null;
        if (failure is { } cause)
            ExceptionDispatchInfo.Throw(cause);
    }

    /// <summary>Returns when nothing is being written, whether that went well or not.</summary>
    public void Settle() => thread?.Join();

    public void Dispose() => Settle();

    // An exception that left this thread would end the process.
    private void Write(TrainingState state)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            write(state);
            Interlocked.Exchange(ref lastTicks, Stopwatch.GetElapsedTime(start).Ticks);
        }
        catch (Exception cause)
        {
            failure = cause;
        }
        finally
        {
            state.DisposeTensors();
        }
    }
}
