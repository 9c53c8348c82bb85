using System.Collections.Concurrent;
using System.Diagnostics;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Jobs;

/// <summary>What the first process knows of another one.</summary>
internal sealed class WatchedPeer(JobMember member, WatchConnection connection)
{
    private long lastHeard = Stopwatch.GetTimestamp();

    public JobMember Member { get; } = member;

    public WatchConnection Connection { get; } = connection;

    /// <summary>What it last said that it was doing.</summary>
    public RankActivity Activity { get; set; } = RankActivity.Preparation;

    public bool HasLeft { get; set; }

    /// <summary>What it has told and nobody has taken yet; complete when the process is gone.</summary>
    public BlockingCollection<string> Mail { get; } = [];

    public TimeSpan Silence => Stopwatch.GetElapsedTime(Volatile.Read(ref lastHeard));

    public void HeardOf() => Volatile.Write(ref lastHeard, Stopwatch.GetTimestamp());
}
