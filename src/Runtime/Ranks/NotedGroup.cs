using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>A door to a group that notes when the rank waits there for others. Sending is no wait: it returns at once.</summary>
internal sealed class NotedGroup(ICollectiveGroup group, RankProgress progress) : ICollectiveGroup
{
    public int Rank => group.Rank;

    public int Size => group.Size;

    public long MovedBytes => group.MovedBytes;

    public void Barrier()
    {
        using var wait = progress.Waiting();
        group.Barrier();
    }

    public void Broadcast(Tensor tensor, int root)
    {
        using var wait = progress.Waiting();
        group.Broadcast(tensor, root);
    }

    public void AllReduce(Tensor tensor)
    {
        using var wait = progress.Waiting();
        group.AllReduce(tensor);
    }

    public void ReduceScatter(Tensor input, Tensor output)
    {
        using var wait = progress.Waiting();
        group.ReduceScatter(input, output);
    }

    public void AllGather(Tensor input, Tensor output)
    {
        using var wait = progress.Waiting();
        group.AllGather(input, output);
    }

    public void Send(Tensor tensor, int destination, int tag) => group.Send(tensor, destination, tag);

    public void Receive(Tensor tensor, int source, int tag)
    {
        using var wait = progress.Waiting();
        group.Receive(tensor, source, tag);
    }
}
