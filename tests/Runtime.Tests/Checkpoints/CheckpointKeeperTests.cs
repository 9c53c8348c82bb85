using ParDsl.Runtime.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Checkpoints;

/// <summary>The link to the best checkpoint never points to where nothing is.</summary>
public sealed class CheckpointKeeperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Best => Path.Combine(folder.Path, CheckpointFolder.Name, CheckpointFolder.BestName);

    public CheckpointKeeperTests()
    {
        foreach (var step in (long[])[2, 4, 6])
            Directory.CreateDirectory(CheckpointFolder.Of(folder.Path, step));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_link_goes_with_the_checkpoint_where_no_best_one_is_kept_any_more()
    {
        Keep(step: 4, best: 2, keep: 3);
        Assert.Equal("step-2", new FileInfo(Best).LinkTarget);
        Keep(step: 6, best: null, keep: 1);
        Assert.Equal([6L], CheckpointFolder.List(folder.Path).Select(entry => entry.Step));
        Assert.Null(new FileInfo(Best).LinkTarget);
        Assert.False(Path.Exists(Best));
    }

    [Fact]
    public void The_link_stays_as_long_as_its_checkpoint_does()
    {
        Keep(step: 4, best: 4, keep: 3);
        Keep(step: 6, best: null, keep: 3);
        Assert.Equal("step-4", new FileInfo(Best).LinkTarget);
    }

    private void Keep(long step, long? best, int keep) => new CheckpointKeeper(folder.Path, keep, []).Keep(step, best);
}
