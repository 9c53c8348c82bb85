using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>Hands values and gradients to the ranks of other stages, and takes theirs.</summary>
internal sealed class StageExchange(Rank rank)
{
    private readonly GroupPlan? line = rank.Plan.GroupOf(rank.Own.Rank, MeshAxis.Pipeline);

    public void SendValue(MicroBatchState microBatch, PlanAction.SendValue send) =>
        Line.Send(microBatch.Values[send.Value], PlaceOf(send.Peer), Tag(send.MicroBatch, send.Value, isGradient: false));

    /// <param name="count">The samples of this rank's slice.</param>
    public void ReceiveValue(MicroBatchState microBatch, PlanAction.ReceiveValue receive, int count)
    {
        var value = Empty(receive.Value, count);
        Line.Receive(value, PlaceOf(receive.Peer), Tag(receive.MicroBatch, receive.Value, isGradient: false));
        microBatch.KeepValue(receive.Value, value);
    }

    public void SendGradient(MicroBatchState microBatch, PlanAction.SendGradient send)
    {
        // A value that no loss depends on has the gradient 0; its maker waits for it all the same.
        using var gradient = microBatch.TakeGradient(send.Value) ?? zeros_like(microBatch.Values[send.Value]);
        Line.Send(gradient, PlaceOf(send.Peer), Tag(send.MicroBatch, send.Value, isGradient: true));
        microBatch.Drop(send.Value);
    }

    /// <param name="count">The samples of this rank's slice.</param>
    public void ReceiveGradient(MicroBatchState microBatch, PlanAction.ReceiveGradient receive, int count)
    {
        var gradient = Empty(receive.Value, count);
        Line.Receive(gradient, PlaceOf(receive.Peer), Tag(receive.MicroBatch, receive.Value, isGradient: true));
        microBatch.AddGradient(receive.Value, gradient);
    }

    private ICollectiveGroup Line => rank.Groups[line!.Index].Foreground;

    private int PlaceOf(int peer) => line!.Ranks.IndexOf(peer);

    private Tensor Empty(int value, int count) =>
        empty([count, .. rank.Plan.LocalModel.Layers[value].Output.Sizes], rank.ElementType, rank.Device);

    private int Tag(int microBatch, int value, bool isGradient) =>
        (((microBatch * rank.Plan.Program.Model.Layers.Length) + value) * 2) + (isGradient ? 1 : 0);
}
