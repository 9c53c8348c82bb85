using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Mpi;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.MpiRanks;

/// <summary>Every operation with every element type and odd sizes gives what it gives between threads, and counts the same.</summary>
internal static class OperationChecks
{
    public static void Run(MpiJob job, Findings findings) => Compare(job, findings, Cases());

    /// <summary>Sums that ranks of one machine make in pieces.</summary>
    public static void RunLarge(MpiJob job, Findings findings) =>
        Compare(job, findings, Values.LargeTypes.SelectMany(type => Sums(Values.LargeCount, type)));

    private static void Compare(
        MpiJob job, Findings findings, IEnumerable<(string Name, Func<ICollectiveGroup, byte[]> Operation)> operations)
    {
        using var group = job.CreateGroup([.. Enumerable.Range(0, job.Size)])!;
        findings.Add("rank and size are the job's", group.Rank == job.Rank && group.Size == job.Size);
        var cases = operations.ToList();
        var expected = Reference.Of(job.Size, door => cases.ConvertAll(each => Outcome.Of(door, each.Operation)))[job.Rank];
        foreach (var (each, right) in cases.Zip(expected))
            findings.Add(each.Name, Outcome.Of(group, each.Operation).Equals(right));
    }

    private static IEnumerable<(string Name, Func<ICollectiveGroup, byte[]> Operation)> Cases()
    {
        yield return ("barrier", Barrier);
        foreach (var count in Values.Counts)
        {
            foreach (var type in Values.MovedTypes)
            {
                yield return ($"broadcast {type} {count}", door => Broadcast(door, count, type));
                yield return ($"all-gather {type} {count}", door => AllGather(door, count, type));
                yield return ($"messages {type} {count}", door => Ring(door, count, type));
            }

            foreach (var sum in Values.SummedTypes.SelectMany(type => Sums(count, type)))
                yield return sum;
        }
    }

    private static IEnumerable<(string Name, Func<ICollectiveGroup, byte[]> Operation)> Sums(int count, ScalarType type) =>
    [
        ($"all-reduce {type} {count}", door => AllReduce(door, count, type)),
        ($"reduce-scatter {type} {count}", door => ReduceScatter(door, count, type)),
        ($"in place {type} {count}", door => InPlace(door, count, type)),
    ];

    private static byte[] Barrier(ICollectiveGroup door)
    {
        door.Barrier();
        return [];
    }

    private static byte[] Broadcast(ICollectiveGroup door, int count, ScalarType type)
    {
        using var tensor = Values.Of(door.Rank, count, type);
        door.Broadcast(tensor, door.Size - 1);
        return Values.Bits(tensor);
    }

    private static byte[] AllReduce(ICollectiveGroup door, int count, ScalarType type)
    {
        using var tensor = Values.Of(door.Rank, count, type);
        door.AllReduce(tensor);
        return Values.Bits(tensor);
    }

    private static byte[] ReduceScatter(ICollectiveGroup door, int count, ScalarType type)
    {
        using var input = Values.Of(door.Rank, count * door.Size, type);
        using var output = zeros(count, dtype: type);
        door.ReduceScatter(input, output);
        using var all = cat([input, output]);
        return Values.Bits(all);
    }

    private static byte[] AllGather(ICollectiveGroup door, int count, ScalarType type)
    {
        using var input = Values.Of(door.Rank, count, type);
        using var output = zeros(count * door.Size, dtype: type);
        door.AllGather(input, output);
        using var all = cat([input, output]);
        return Values.Bits(all);
    }

    /// <summary>The part that a rank gets lies in what it gives, and the reverse.</summary>
    private static byte[] InPlace(ICollectiveGroup door, int count, ScalarType type)
    {
        using var whole = Values.Of(door.Rank, count * door.Size, type);
        using var own = whole.narrow(0, door.Rank * count, count);
        door.ReduceScatter(whole, own);
        using var scattered = whole.clone();
        door.AllGather(own, whole);
        using var all = cat([scattered, whole]);
        return Values.Bits(all);
    }

    /// <summary>Two messages to the next rank, taken in the other order.</summary>
    private static byte[] Ring(ICollectiveGroup door, int count, ScalarType type)
    {
        var (next, previous) = ((door.Rank + 1) % door.Size, (door.Rank + door.Size - 1) % door.Size);
        using var first = Values.Of(door.Rank, count, type);
        using var second = Values.Of(door.Rank + 1, count + 1, type);
        using var one = zeros(count, dtype: type);
        using var two = zeros(count + 1, dtype: type);
        door.Send(first, next, tag: 5);
        door.Send(second, next, tag: 1_000_006);
        // They were handed over: what becomes of them here is nobody's concern.
        first.zero_();
        second.zero_();
        door.Receive(two, previous, tag: 1_000_006);
        door.Receive(one, previous, tag: 5);
        using var all = cat([one, two]);
        return Values.Bits(all);
    }
}
