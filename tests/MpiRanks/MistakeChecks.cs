using ParDsl.Runtime;
using ParDsl.Runtime.Collectives.Mpi;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.MpiRanks;

/// <summary>Calls that do not fit each other end as exceptions, on every rank, and the process stays well.</summary>
internal static class MistakeChecks
{
    public static void Run(MpiJob job, Findings findings)
    {
        using var group = job.CreateGroup([.. Enumerable.Range(0, job.Size)])!;
        using var uneven = zeros(10 + group.Rank, ScalarType.Float32);
        findings.AddThrown<RunFailedException>("sums of different sizes", () => group.AllReduce(uneven), IsCode("PD5308"));
        using var longer = zeros(20, ScalarType.Float32);
        findings.AddThrown<RunFailedException>("different calls", () => Different(group, longer), IsCode("PD5308"));
        // Two ranks send all values of small sums at once, and half of those of large ones.
        using var small = zeros(group.Rank == 0 ? 20 : 1 << 20, ScalarType.Float32);
        findings.AddThrown<RunFailedException>("a small and a large sum", () => group.AllReduce(small), IsCode("PD5308"));
        ShortMessage(group, findings);
        NullReference(findings);
        using var text = zeros(3, ScalarType.Bool);
        findings.AddThrown<InvalidOperationException>("a sum of truth values", () => group.AllReduce(text), _ => true);
        // After all that, the group works.
        using var ones = torch.ones(10, ScalarType.Float32);
        group.AllReduce(ones);
        findings.Add("the group works after mistakes", ones[9].item<float>() == group.Size);
    }

    private static Func<RunFailedException, bool> IsCode(string code) => failure => failure.Diagnostic.Code == code;

    private static void Different(MpiGroup group, Tensor tensor)
    {
        if (group.Rank == 0)
            group.AllReduce(tensor);
        else
            group.Broadcast(tensor, 0);
    }

    /// <summary>A tensor of another size than the sender's, smaller or larger.</summary>
    private static void ShortMessage(MpiGroup group, Findings findings)
    {
        if (group.Rank == 0)
        {
            using var sent = ones(10, ScalarType.Float32);
            group.Send(sent, destination: 1, tag: 1);
            group.Send(sent, destination: 1, tag: 2);
        }
        else if (group.Rank == 1)
        {
            using var large = zeros(11, ScalarType.Float32);
            using var small = zeros(9, ScalarType.Float32);
            findings.AddThrown<InvalidOperationException>("a message too short", () => group.Receive(large, 0, tag: 1), _ => true);
            findings.AddThrown<RunFailedException>("a message too long", () => group.Receive(small, 0, tag: 2), IsCode("PD5306"));
        }
    }

    /// <summary>.NET makes it of SIGSEGV, for which MPI's libraries may have handlers of their own.</summary>
    private static void NullReference(Findings findings)
    {
        string[] nothing = [null!];
        findings.AddThrown<NullReferenceException>("a null reference is an exception", () => _ = nothing[0].Length, _ => true);
    }
}
