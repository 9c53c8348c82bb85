using ParDsl.Runtime.Collectives.Nccl;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>The stand-in for NCCL notices wrong calls: what passes over it was called rightly.</summary>
public sealed unsafe class FakeNcclTests : IDisposable
{
    private readonly NcclLibrary library;
    private readonly IntPtr communicator;
    private readonly IntPtr stream;

    /// <summary>A communicator of one rank.</summary>
    public FakeNcclTests()
    {
        library = FakeNccl.Load();
        IntPtr made, own;
        Assert.Equal(NcclResult.Success, library.Functions.InitRank(&made, 1, library.CreateUniqueId(), 0));
        Assert.Equal(0, library.Cuda.Functions.StreamCreate(&own, 1));
        (communicator, stream) = (made, own);
    }

    public void Dispose()
    {
        _ = library.Functions.Abort(communicator);
        _ = library.Cuda.Functions.StreamDestroy(stream);
    }

    [Fact]
    public void A_right_call_is_taken()
    {
        var value = 3f;
        var memory = (IntPtr)(&value);
        Assert.Equal(NcclResult.Success, Sum(memory, memory, 1, NcclElementType.Float32, 0, communicator));
        Assert.Equal(NcclResult.Success, library.Functions.Destroy(communicator));
        Assert.Equal(3f, value);
    }

    [Fact]
    public void A_null_pointer_is_noticed() =>
        AssertRefused(Sum(0, 0, 1, NcclElementType.Float32, 0, communicator), NcclResult.InvalidArgument, "a null pointer");

    [Fact]
    public void A_type_that_is_none_is_noticed()
    {
        var value = 0L;
        var memory = (IntPtr)(&value);
        AssertRefused(Sum(memory, memory, 1, (NcclElementType)10, 0, communicator), NcclResult.InvalidArgument, "no type 10");
    }

    [Fact]
    public void Another_reduction_than_the_sum_is_noticed()
    {
        var value = 0L;
        var memory = (IntPtr)(&value);
        AssertRefused(Sum(memory, memory, 1, NcclElementType.Int64, 1, communicator), NcclResult.InvalidArgument, "reduction 1");
    }

    [Fact]
    public void Memory_that_overlaps_without_being_in_place_is_noticed()
    {
        var values = stackalloc long[3];
        AssertRefused(
            Sum((IntPtr)values, (IntPtr)(values + 1), 2, NcclElementType.Int64, 0, communicator), NcclResult.InvalidArgument, "overlap");
    }

    [Fact]
    public void A_root_or_a_peer_that_is_no_rank_is_noticed()
    {
        var value = 0L;
        var memory = (IntPtr)(&value);
        AssertRefused(
            library.Functions.Broadcast(memory, memory, 1, NcclElementType.Int64, 1, communicator, stream),
            NcclResult.InvalidArgument,
            "no rank 1 among 1");
        AssertRefused(
            library.Functions.Send(memory, 1, NcclElementType.Int64, 0, communicator, stream), NcclResult.InvalidUsage, "to itself");
    }

    [Fact]
    public void A_communicator_that_is_gone_is_noticed()
    {
        var value = 0L;
        var memory = (IntPtr)(&value);
        Assert.Equal(NcclResult.Success, library.Functions.Destroy(communicator));
        AssertRefused(Sum(memory, memory, 1, NcclElementType.Int64, 0, communicator), NcclResult.InvalidArgument, "was destroyed");
        Assert.Equal(NcclResult.InvalidArgument, library.Functions.Destroy(communicator));
        Assert.Equal(NcclResult.InvalidArgument, library.Functions.Abort(communicator));
    }

    [Fact]
    public void A_stream_or_a_moment_that_is_none_is_noticed()
    {
        var value = 0L;
        var memory = (IntPtr)(&value);
        AssertRefused(
            library.Functions.AllReduce(memory, memory, 1, NcclElementType.Int64, 0, communicator, 5),
            NcclResult.InvalidArgument,
            "the stream is none");
        Assert.Throws<NcclException>(() => library.Cuda.Require(library.Cuda.Functions.EventRecord(5, stream), "cudaEventRecord"));
        Assert.Throws<NcclException>(() => library.Cuda.IsDone(5));
    }

    [Fact]
    public void A_group_call_that_has_not_begun_or_holds_operations_is_noticed()
    {
        var value = 0L;
        var memory = (IntPtr)(&value);
        AssertRefused(library.Functions.GroupEnd(), NcclResult.InvalidUsage, "has not begun");
        Assert.Equal(NcclResult.Success, library.Functions.GroupStart());
        AssertRefused(Sum(memory, memory, 1, NcclElementType.Int64, 0, communicator), NcclResult.InvalidUsage, "within a group");
        Assert.Equal(NcclResult.Success, library.Functions.GroupEnd());
    }

    [Fact]
    public void A_rank_that_is_none_or_joins_twice_is_noticed()
    {
        IntPtr made;
        var id = library.CreateUniqueId();
        AssertRefused(library.Functions.InitRank(&made, 2, id, 2), NcclResult.InvalidArgument, "rank 2 of 2");
        AssertRefused(library.Functions.InitRank(null, 2, id, 0), NcclResult.InvalidArgument, "a null pointer");
        Assert.Equal(NcclResult.Success, library.Functions.GroupStart());
        Assert.Equal(NcclResult.Success, library.Functions.InitRank(&made, 2, id, 0));
        AssertRefused(library.Functions.InitRank(&made, 2, id, 0), NcclResult.InvalidUsage, "rank 0 has joined before");
        AssertRefused(library.Functions.InitRank(&made, 3, id, 1), NcclResult.InvalidArgument, "counts 3 ranks");
        Assert.Equal(NcclResult.Success, library.Functions.InitRank(&made, 2, id, 1));
        Assert.Equal(NcclResult.Success, library.Functions.GroupEnd());
    }

    private NcclResult Sum(IntPtr from, IntPtr to, nuint count, NcclElementType type, int reduction, IntPtr with) =>
        library.Functions.AllReduce(from, to, count, type, reduction, with, stream);

    private void AssertRefused(NcclResult found, NcclResult expected, string words)
    {
        Assert.Equal(expected, found);
        Assert.Contains(words, library.Words(found, IntPtr.Zero), StringComparison.Ordinal);
    }
}
