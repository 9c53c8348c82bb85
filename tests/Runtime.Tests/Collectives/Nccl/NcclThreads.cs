using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>Runs a body once for each rank of a group over NCCL's stand-in, each on a thread of its own.</summary>
internal static class NcclThreads
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Every direction between two ranks.</summary>
    public static ImmutableArray<NcclChannel> AllChannels(int size) =>
    [
        .. from source in Enumerable.Range(0, size)
           from destination in Enumerable.Range(0, size)
           where source != destination
           select new NcclChannel(source, destination),
    ];

    public static ImmutableArray<Device> Devices(int size) =>
        [.. Enumerable.Range(0, size).Select(_ => new Device(DeviceType.CPU))];

    public static void Run(int size, Action<NcclGroup> body, bool isBackground = false) =>
        Assert.All(Try(size, body, isBackground), Assert.Null);

    /// <summary>What each rank threw, or null. The first that fails tells the others.</summary>
    public static Exception?[] Try(int size, Action<NcclGroup> body, bool isBackground = false)
    {
        var failures = new FailureSignal();
        var settings = new NcclGroupSettings { Channels = AllChannels(size), Failures = failures, IsBackground = isBackground };
        var groups = NcclGroup.CreateLocal(FakeNccl.Load(), Devices(size), settings);
        try
        {
            return OnThreads([.. groups.Select(group => (Action)(() => Guarded(group, failures, body)))]);
        }
        finally
        {
            foreach (var group in groups)
                group.Dispose();
        }
    }

    public static Exception?[] OnThreads(ImmutableArray<Action> bodies)
    {
        var outcomes = new Exception?[bodies.Length];
        var threads = bodies.Select((body, index) => new Thread(() => outcomes[index] = Record.Exception(body))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            Assert.True(thread.Join(Limit), "a rank did not end");
        return outcomes;
    }

    private static void Guarded(NcclGroup group, FailureSignal failures, Action<NcclGroup> body)
    {
        try
        {
            body(group);
        }
        catch (Exception failure)
        {
            failures.Raise(new RankFailure(group.Rank, failure));
            throw;
        }
    }
}
