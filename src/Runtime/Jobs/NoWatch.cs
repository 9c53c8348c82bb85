using System.Collections.Immutable;

namespace ParDsl.Runtime.Jobs;

/// <summary>A job of one process has nobody to watch.</summary>
internal sealed class NoWatch : IJobWatch
{
    public static readonly NoWatch Instance = new();

    private NoWatch()
    {
    }

    public ImmutableArray<JobMember> Members => [];

    public void Fail(RunFailedException failure, int exitCode)
    {
    }

    public void Leave()
    {
    }

    public void Tell(string text) => throw new InvalidOperationException("there is no other process");

    public string Hear(int rank) => throw new InvalidOperationException("there is no other process");

    public void Dispose()
    {
    }
}
