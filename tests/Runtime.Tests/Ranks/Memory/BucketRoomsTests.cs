using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks.Memory;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Ranks.Memory;

public sealed class BucketRoomsTests : IDisposable
{
    private readonly BucketRooms rooms;

    public BucketRoomsTests()
    {
        NativeLibraries.Load();
        rooms = new BucketRooms(torch.ScalarType.Float32, torch.CPU);
    }

    [Fact]
    public void What_is_given_back_is_taken_again_the_smallest_that_is_large_enough()
    {
        var (small, large) = (rooms.Take(10), rooms.Take(30));
        rooms.GiveBack(large);
        rooms.GiveBack(small);
        Assert.Same(small, rooms.Take(10));
        Assert.Same(large, rooms.Take(20));
        rooms.GiveBack(small);
        rooms.GiveBack(large);
    }

    [Fact]
    public void Where_none_is_large_enough_there_is_a_new_one()
    {
        var small = rooms.Take(10);
        rooms.GiveBack(small);
        using var large = rooms.Take(11);
        Assert.NotSame(small, large);
        Assert.Equal(11, large.numel());
    }

    public void Dispose() => rooms.Dispose();
}
