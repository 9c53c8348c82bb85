using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives;

/// <summary>Who does what may go on in the background, when, and through which door.</summary>
public sealed class BackgroundCollectivesTests : IDisposable
{
    private const long OwnThreadBytes = 100;

    private readonly BackgroundCollectives collectives = new(0, threadCount: 1, new RankProgress());
    private readonly GroupDoors doors = new(Alone(), Alone()) { OwnThreadBytes = OwnThreadBytes };

    /// <summary>The second thread tells libtorch how many threads it has.</summary>
    public BackgroundCollectivesTests() => NativeLibraries.Load();

    [Fact]
    public void A_small_collective_is_done_by_the_rank_itself_where_it_waits_for_it()
    {
        int? thread = null;
        ICollectiveGroup? door = null;
        collectives.Start("small", doors, OwnThreadBytes, group => (thread, door) = (Environment.CurrentManagedThreadId, group));
        Assert.Null(thread);
        collectives.Await("small");
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.Same(doors.Foreground, door);
    }

    [Fact]
    public void A_larger_one_is_done_by_the_second_thread_through_the_other_door()
    {
        int? thread = null;
        ICollectiveGroup? door = null;
        collectives.Start("large", doors, OwnThreadBytes + 1, group => (thread, door) = (Environment.CurrentManagedThreadId, group));
        collectives.Await("large");
        Assert.NotNull(thread);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
        Assert.Same(doors.Background, door);
    }

    [Theory]
    [InlineData(OwnThreadBytes)]
    [InlineData(OwnThreadBytes + 1)]
    public void It_is_done_once_and_its_failure_is_thrown_where_it_is_awaited(long bytes)
    {
        var count = 0;
        collectives.Start("broken", doors, bytes, _ =>
        {
            count++;
            throw new InvalidOperationException("broken");
        });
        var failure = Assert.Throws<InvalidOperationException>(() => collectives.Await("broken"));
        Assert.Equal("broken", failure.Message);
        collectives.Await("broken");
        Assert.Equal(1, count);
    }

    [Fact]
    public void What_was_put_off_is_done_in_the_order_of_waits()
    {
        var done = new List<string>();
        foreach (var name in new[] { "first", "second" })
            collectives.Start(name, doors, OwnThreadBytes, _ => done.Add(name));
        collectives.Await("second");
        collectives.Await("first");
        Assert.Equal(["second", "first"], done);
    }

    public void Dispose() => collectives.Dispose();

    private static InProcessGroup Alone() => InProcessGroup.Create(1, 1, new FailureSignal())[0];
}
