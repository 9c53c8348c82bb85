namespace ParDsl.Runtime.Jobs;

/// <summary>A job of one process has nobody to watch.</summary>
internal sealed class NoWatch : IJobWatch
{
    public static readonly NoWatch Instance = new();

    private NoWatch()
    {
    }

    public void Fail(RunFailedException failure, int exitCode)
    {
    }

    public void Leave()
    {
    }

    public void Dispose()
    {
    }
}
