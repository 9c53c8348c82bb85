namespace ParDsl.Runtime.Jobs;

/// <summary>
/// What the processes of a job know of each other's life. Collectives wait for as long as it takes; when a process dies, says
/// nothing any more or fails, the watch ends all of them, and one tells why.
/// </summary>
public interface IJobWatch : IJobMail, IDisposable
{
    /// <summary>
    /// This process has failed. On the first one it tells all others to end, and returns; on another it hands the failure to
    /// the first one, which tells of it, and waits to be ended.
    /// </summary>
    void Fail(RunFailedException failure, int exitCode);

    /// <summary>This process is through: from now on nobody's silence is a failure. Returns when all have called it.</summary>
    void Leave();
}
