namespace ParDsl.Compiler.Plans;

/// <summary>What goes from one rank to another: both ends name it alike.</summary>
/// <param name="IsGradient">Whether it is the gradient of the value.</param>
public sealed record Message(int From, int To, int MicroBatch, int Value, bool IsGradient, long Bytes)
{
    /// <summary>What an action of this rank sends; null for other actions.</summary>
    public static Message? Sent(int rank, PlanAction action) => action switch
    {
        PlanAction.SendValue send => new(rank, send.Peer, send.MicroBatch, send.Value, false, send.Bytes),
        PlanAction.SendGradient send => new(rank, send.Peer, send.MicroBatch, send.Value, true, send.Bytes),
        _ => null,
    };

    /// <summary>What an action of this rank waits for; null for other actions.</summary>
    public static Message? Received(int rank, PlanAction action) => action switch
    {
        PlanAction.ReceiveValue receive => new(receive.Peer, rank, receive.MicroBatch, receive.Value, false, receive.Bytes),
        PlanAction.ReceiveGradient receive => new(receive.Peer, rank, receive.MicroBatch, receive.Value, true, receive.Bytes),
        _ => null,
    };

    /// <summary>"value 3 of micro-batch 0 from rank 0 to rank 1".</summary>
    public override string ToString() =>
        $"{(IsGradient ? "gradient" : "value")} {Value} of micro-batch {MicroBatch} from rank {From} to rank {To}";
}
