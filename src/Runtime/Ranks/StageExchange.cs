using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Modules;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// Hands values and gradients to the ranks of other stages, and takes theirs. Images go as they lie, with their channels side
/// by side (see <see cref="ChannelsLast"/>), and lie so where they come: no layer there has to put them in order once more.
/// </summary>
internal sealed class StageExchange(Rank rank)
{
    private readonly GroupPlan? line = rank.Plan.GroupOf(rank.Own.Rank, MeshAxis.Pipeline);

    /// <summary>After these nobody here reads the value.</summary>
    private readonly HashSet<PlanAction.SendValue> last =
    [
        .. rank.Own.Update
            .OfType<PlanAction.SendValue>()
            .Where(send => !rank.Plan.LocalModel.Layers.Any(layer =>
                layer.Inputs.Contains(send.Value) && rank.Own.Segments.Any(segment => segment.Holds(layer.Index))))
            .GroupBy(send => (send.MicroBatch, send.Value))
            .Select(sends => sends.Last()),
    ];

    public void SendValue(MicroBatchState microBatch, PlanAction.SendValue send)
    {
        using var laid = ChannelsLast.Laid(microBatch.Values[send.Value]);
        Line.Send(laid, PlaceOf(send.Peer), Tag(send.MicroBatch, send.Value, isGradient: false));
        if (last.Contains(send))
            microBatch.LetGo(send.Value);
    }

    /// <param name="count">The samples of this rank's slice.</param>
    public void ReceiveValue(MicroBatchState microBatch, PlanAction.ReceiveValue receive, int count)
    {
        var tag = Tag(receive.MicroBatch, receive.Value, isGradient: false);
        microBatch.KeepValue(receive.Value, Received(receive.Value, count, receive.Peer, tag));
    }

    public void SendGradient(MicroBatchState microBatch, PlanAction.SendGradient send)
    {
        // A value that no loss depends on has the gradient 0; its maker waits for it all the same.
        using var gradient = microBatch.TakeGradient(send.Value) ?? zeros_like(microBatch.Values[send.Value]);
        using var laid = ChannelsLast.Laid(gradient);
        Line.Send(laid, PlaceOf(send.Peer), Tag(send.MicroBatch, send.Value, isGradient: true));
        microBatch.Drop(send.Value);
    }

    /// <param name="count">The samples of this rank's slice.</param>
    public void ReceiveGradient(MicroBatchState microBatch, PlanAction.ReceiveGradient receive, int count)
    {
        var tag = Tag(receive.MicroBatch, receive.Value, isGradient: true);
        microBatch.AddGradient(receive.Value, Received(receive.Value, count, receive.Peer, tag));
    }

    private ICollectiveGroup Line => rank.Groups[line!.Index].Foreground;

    private int PlaceOf(int peer) => line!.Ranks.IndexOf(peer);

    private Tensor Received(int value, int count, int peer, int tag)
    {
        long[] shape = [count, .. rank.Plan.LocalModel.Layers[value].Output.Sizes];
        using var laid = empty(ChannelsLast.LaidShape(shape, rank.Device.type), rank.ElementType, rank.Device);
        Line.Receive(laid, PlaceOf(peer), tag);
        return ChannelsLast.Seen(laid);
    }

    private int Tag(int microBatch, int value, bool isGradient) =>
        (((microBatch * rank.Plan.Program.Model.Layers.Length) + value) * 2) + (isGradient ? 1 : 0);
}
