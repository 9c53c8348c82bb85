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

    /// <summary>Two tensors are equal where their numbers are; one that holds NaN is not even equal to itself.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(float.NaN)]
    public void Rooms_of_the_same_numbers_are_not_mistaken_for_each_other(float number)
    {
        torch.Tensor[] made = [rooms.Take(8), rooms.Take(8), rooms.Take(8)];
        foreach (var room in made)
        {
            using (torch.NewDisposeScope())
                room.fill_(number);
            rooms.GiveBack(room);
        }

        torch.Tensor[] taken = [rooms.Take(8), rooms.Take(8), rooms.Take(8)];
        Assert.Equal(3, taken.Select(TensorMemory.Address).Distinct().Count());
        foreach (var room in taken)
            room.Dispose();
    }

    public void Dispose() => rooms.Dispose();
}
