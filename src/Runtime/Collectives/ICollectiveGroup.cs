using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// One rank's door to the ranks that share its collectives. All ranks of a group make the same calls in the same order with
/// tensors of the same shape and element type, contiguous. Results are the same bits on every rank and in every run.
/// </summary>
/// <remarks>
/// Where a rank of the world has failed, every call throws <see cref="RankAbortedException"/>: none waits for ever.
/// </remarks>
public interface ICollectiveGroup
{
    /// <summary>This rank's number within the group, from 0.</summary>
    int Rank { get; }

    int Size { get; }

    /// <summary>What this rank has really moved between ranks so far: read from others or written to them.</summary>
    long MovedBytes { get; }

    /// <summary>Returns when every rank has called it.</summary>
    void Barrier();

    /// <summary>Gives every rank's tensor the values of the root's.</summary>
    void Broadcast(Tensor tensor, int root);

    /// <summary>Gives every rank's tensor the sum over the ranks.</summary>
    void AllReduce(Tensor tensor);

    /// <summary>Sums over the ranks and gives each its own part: part r of Size equal ones goes to rank r.</summary>
    /// <param name="input">Size times as many elements as <paramref name="output"/>.</param>
    /// <param name="output">May be this rank's own part of the input.</param>
    void ReduceScatter(Tensor input, Tensor output);

    /// <summary>Gives every rank all ranks' inputs, one after the other.</summary>
    /// <param name="input">May be this rank's own part of the output.</param>
    /// <param name="output">Size times as many elements as <paramref name="input"/>.</param>
    void AllGather(Tensor input, Tensor output);

    /// <summary>Hands a tensor over and returns at once: the caller may change or free it.</summary>
    /// <param name="tag">Tells the messages between two ranks apart; each is received under the tag it was sent with.</param>
    void Send(Tensor tensor, int destination, int tag);

    /// <summary>Waits for the source's tensor of that tag and copies it.</summary>
    void Receive(Tensor tensor, int source, int tag);
}
