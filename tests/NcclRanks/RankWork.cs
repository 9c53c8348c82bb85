using System.Globalization;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using static TorchSharp.torch;

namespace ParDsl.NcclRanks;

/// <summary>What a rank does, by name.</summary>
internal static class RankWork
{
    /// <summary>Longer than any test waits.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromMinutes(2);

    /// <summary>Long beside what another rank needs to see that one has gone.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(500);

    public static string Do(string work, ICollectiveGroup group) => work switch
    {
        "script" => Script(group),
        "steps" => Steps(group, _ => { }),
        "late" => Late(group),
        "throw" => Steps(group, step =>
        {
            if (step == 3 && group.Rank == 1)
                throw new InvalidOperationException("broken on purpose");
        }),
        "mismatch" => Mismatch(group),
        _ => throw new ArgumentOutOfRangeException(nameof(work), work, null),
    };

    private static string Script(ICollectiveGroup group)
    {
        var lines = CollectiveScript.Types.SelectMany(type => CollectiveScript.Run(group, type));
        return string.Join('|', lines);
    }

    /// <summary>One all-reduce after the other, until something ends it.</summary>
    private static string Steps(ICollectiveGroup group, Action<int> before)
    {
        var end = DateTime.UtcNow + Endless;
        using var tensor = ones(1000);
        for (var step = 0; DateTime.UtcNow < end; step++)
        {
            before(step);
            group.AllReduce(tensor);
            if (step == 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Rank} started"));
            Thread.Sleep(5);
        }

        return "never ended";
    }

    /// <summary>Steps, of which a rank takes its time to say that NCCL has failed.</summary>
    private static string Late(ICollectiveGroup group)
    {
        try
        {
            return Steps(group, _ => { });
        }
        catch (NcclException)
        {
            Thread.Sleep(Lateness);
            throw;
        }
    }

    private static string Mismatch(ICollectiveGroup group)
    {
        using var tensor = ones(10 + group.Rank);
        group.AllReduce(tensor);
        return "was not noticed";
    }
}
