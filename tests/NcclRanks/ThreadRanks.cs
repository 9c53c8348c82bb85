using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.NcclRanks;

/// <summary>All ranks as threads of this process; the first that fails tells the others.</summary>
internal static class ThreadRanks
{
    public static void Run(NcclLibrary library, int size, string work, ImmutableArray<NcclChannel> channels)
    {
        var failures = new FailureSignal();
        var settings = new NcclGroupSettings { Channels = channels, Failures = failures };
        var devices = Enumerable.Range(0, size).Select(_ => new Device(DeviceType.CPU)).ToImmutableArray();
        var groups = NcclGroup.CreateLocal(library, devices, settings);
        var threads = groups.Select(group => new Thread(() => Outcome.Write(group.Rank, () => Work(group, work, failures)))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        foreach (var group in groups)
            group.Dispose();
    }

    private static string Work(NcclGroup group, string work, FailureSignal failures)
    {
        try
        {
            return RankWork.Do(work, group);
        }
        catch (Exception failure)
        {
            failures.Raise(new RankFailure(group.Rank, failure));
            throw;
        }
    }
}
