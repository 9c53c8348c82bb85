using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// Each rank of a group tells the others a hash of each parameter's bits, and all see whether they are alike. It reads every
/// parameter once, and moves 8 bytes of each.
/// </summary>
internal static class ReplicaComparison
{
    /// <exception cref="RunFailedException">They are not: the same words on every rank.</exception>
    public static void Run(Rank rank, GroupPlan plan, ICollectiveGroup group, long step)
    {
        ImmutableArray<string> names =
            [.. rank.Own.Buckets.SelectMany(bucket => bucket.Parameters).Select(placed => placed.Parameter.Name)];
        var all = Exchange([.. names.Select(name => BitHash.Of(rank.Flat.Parameters[name]))], group, rank.Device);
        var differing = Enumerable.Range(0, names.Length).Where(place => Column(all, names.Length, place).Distinct().Count() > 1);
        if (differing.Select(place => (int?)place).FirstOrDefault() is not { } first)
            return;
        // Those that most ranks agree with; of as many, those of the lowest rank.
        var most = Column(all, names.Length, first).GroupBy(hash => hash).OrderByDescending(same => same.Count()).First().Key;
        var ranks = plan.Ranks.Zip(Column(all, names.Length, first)).ToLookup(member => member.Second == most, member => member.First);
        throw new RunFailedException(RunErrors.ReplicasDiffer(
            [.. differing.Select(place => names[place])], step, ranks[true], ranks[false]));
    }

    /// <summary>All ranks' hashes, one rank after the other.</summary>
    private static long[] Exchange(long[] own, ICollectiveGroup group, Device device)
    {
        using var scope = NewDisposeScope();
        var input = tensor(own).to(device);
        var output = empty([(long)own.Length * group.Size], ScalarType.Int64, device);
        group.AllGather(input, output);
        return TensorMemory.Elements<long>(output.cpu()).ToArray();
    }

    private static IEnumerable<long> Column(long[] all, int width, int place) =>
        Enumerable.Range(0, all.Length / width).Select(rank => all[(rank * width) + place]);
}
