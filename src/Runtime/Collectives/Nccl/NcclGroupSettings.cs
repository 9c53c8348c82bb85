using System.Collections.Immutable;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>What a group of ranks over NCCL is for. All ranks of it have the same settings.</summary>
public sealed record NcclGroupSettings
{
    /// <summary>
    /// Whether it is used on the rank's second thread: a call then returns when the device has done it. Else only libtorch's
    /// further work on the device waits.
    /// </summary>
    public bool IsBackground { get; init; }

    /// <summary>Between which ranks there are messages: <see cref="NcclChannel.Of"/> says so of a plan.</summary>
    public ImmutableArray<NcclChannel> Channels { get; init; } = [];

    /// <summary>The ranks' numbers in the world, in the order of the group's; none where they are the same.</summary>
    public ImmutableArray<int> Ranks { get; init; } = [];

    /// <summary>Where the failure of any rank is told; it ends what this group's ranks wait for.</summary>
    public FailureSignal Failures { get; init; } = new();

    /// <summary>How long the ranks wait for each other when the group is made.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(2);

    internal int InWorld(int rank) => Ranks.IsEmpty ? rank : Ranks[rank];
}
