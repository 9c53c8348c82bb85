using System.Security.Cryptography;
using System.Text;
using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.NcclRanks;

/// <summary>
/// Every operation of a group, over several sizes. What comes out is written down, so that two kinds of groups can be
/// compared. All values are small whole numbers, whose sums every element type holds exactly.
/// </summary>
public static class CollectiveScript
{
    /// <summary>The last one takes several rounds through the memory that the ranks share in tests.</summary>
    private static readonly int[] Counts = [1, 5, 1023, 70_000];

    public static IReadOnlyList<ScalarType> Types { get; } =
    [
        ScalarType.Int8, ScalarType.Byte, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16, ScalarType.BFloat16,
        ScalarType.Float32, ScalarType.Float64,
    ];

    /// <summary>A line for each operation: its name, and what it left in the rank's tensors.</summary>
    public static IReadOnlyList<string> Run(ICollectiveGroup group, ScalarType type)
    {
        var lines = new List<string>();
        foreach (var count in Counts)
            lines.AddRange(Collectives(group, type, count).Concat(Messages(group, type, count)));
        group.Barrier();
        lines.Add($"moved {group.MovedBytes}");
        return lines;
    }

    private static IEnumerable<string> Collectives(ICollectiveGroup group, ScalarType type, int count)
    {
        using var reduced = Values(group.Rank, count, type);
        group.AllReduce(reduced);
        yield return Line("all-reduce", reduced);

        for (var root = 0; root < group.Size; root++)
        {
            using var sent = Values(group.Rank, count, type);
            group.Broadcast(sent, root);
            yield return Line("broadcast", sent);
        }

        using var input = Values(group.Rank, count * group.Size, type);
        using var part = zeros(count, dtype: type);
        group.ReduceScatter(input, part);
        yield return Line("reduce-scatter", input, part);

        using var gathered = zeros(count * group.Size, dtype: type);
        group.AllGather(part, gathered);
        yield return Line("all-gather", gathered);

        using var whole = Values(group.Rank, count * group.Size, type);
        using var own = whole.narrow(0, group.Rank * count, count);
        group.ReduceScatter(whole, own);
        yield return Line("reduce-scatter in place", own);
        group.AllGather(own, whole);
        yield return Line("all-gather in place", whole);
    }

    /// <summary>
    /// All ranks send to all others before any receives, and change what they sent; each takes its messages the other way
    /// round.
    /// </summary>
    private static IEnumerable<string> Messages(ICollectiveGroup group, ScalarType type, int count)
    {
        const int messages = 3;
        var others = Enumerable.Range(0, group.Size).Where(rank => rank != group.Rank).ToList();
        foreach (var other in others)
        {
            for (var tag = 0; tag < messages; tag++)
            {
                using var sent = Values((group.Rank * messages) + tag, count + tag, type);
                group.Send(sent, other, tag);
                sent.zero_();
            }
        }

        foreach (var other in others)
        {
            for (var tag = messages - 1; tag >= 0; tag--)
            {
                using var received = zeros(count + tag, dtype: type);
                group.Receive(received, other, tag);
                yield return Line($"message {tag} from {other}", received);
            }
        }
    }

    private static Tensor Values(int seed, int count, ScalarType type)
    {
        using var numbers = tensor(Enumerable.Range(0, count).Select(index => (long)(((seed * 3) + (index * 7)) % 11)).ToArray());
        return numbers.to(type);
    }

    private static string Line(string name, params Tensor[] tensors)
    {
        var line = new StringBuilder(name);
        foreach (var tensor in tensors)
        {
            using var wide = tensor.to(ScalarType.Float64);
            line.Append(' ').Append(Convert.ToHexString(SHA256.HashData(wide.bytes.ToArray()))[..16]);
        }

        return line.ToString();
    }
}
