using System.Collections.Immutable;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The gradients of values that cross a segment's border: there from the first segment, or stage, that gives some of it until
/// the pass that starts from it is over, or it has been sent.
/// </summary>
internal sealed class BorderGradients(PlanContext context, ImmutableArray<SegmentPlan> segments)
{
    private readonly HashSet<(int MicroBatch, int Value)> waiting = [];

    /// <summary>Of one sample, now.</summary>
    public long Bytes { get; private set; }

    /// <summary>What an action makes room for before it does anything else.</summary>
    public void Begin(PlanAction action)
    {
        if (action is PlanAction.ReceiveGradient receive)
            Add(receive.MicroBatch, receive.Value);
    }

    /// <summary>What is there when an action is over.</summary>
    public void End(PlanAction action)
    {
        switch (action)
        {
            case PlanAction.SendGradient send: Remove(send.MicroBatch, send.Value); break;
            case PlanAction.Backward backward: GoThrough(backward.MicroBatch, segments[backward.Segment]); break;
            case PlanAction.InputGradient backward: GoThrough(backward.MicroBatch, segments[backward.Segment]); break;
        }
    }

    private void GoThrough(int microBatch, SegmentPlan segment)
    {
        foreach (var value in segment.DifferentiableInputs)
            Add(microBatch, value);
        foreach (var value in segment.Outputs)
            Remove(microBatch, value);
    }

    private void Add(int microBatch, int value)
    {
        if (waiting.Add((microBatch, value)))
            Bytes = checked(Bytes + BytesOf(value));
    }

    private void Remove(int microBatch, int value)
    {
        if (waiting.Remove((microBatch, value)))
            Bytes = checked(Bytes - BytesOf(value));
    }

    private long BytesOf(int value) => checked(context.Flow.Elements(value) * context.ElementBytes);
}
