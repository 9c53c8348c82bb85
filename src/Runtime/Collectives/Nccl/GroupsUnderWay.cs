namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>What has been made of some groups so far: where making them fails, it goes again.</summary>
internal sealed class GroupsUnderWay : IDisposable
{
    private readonly List<NcclWatch> watches = [];
    private List<NcclGroup> groups = [];

    public IReadOnlyList<NcclGroup> Groups => groups;

    public void Add(NcclWatch watch) => watches.Add(watch);

    /// <summary>From now on the watch is the group's.</summary>
    public void Replace(NcclWatch watch, NcclGroup group)
    {
        watches.Remove(watch);
        groups.Add(group);
    }

    /// <summary>The groups are whole, and the caller's.</summary>
    public NcclGroup[] Finish()
    {
        var whole = groups;
        groups = [];
        return [.. whole];
    }

    public void Dispose()
    {
        foreach (var group in groups)
            group.Dispose();
        foreach (var watch in watches)
            watch.Dispose();
    }
}
