using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>How long the actions of a rank take that waits for nobody.</summary>
internal sealed class ActionTimes
{
    /// <summary>
    /// The calls around an update: the optimizer's own and its count, gradients are set to zero, the loss is read, its figures are
    /// reported, the next round begins. Half as many as they are, since none has a node of autograd.
    /// </summary>
    private const int UpdateCalls = 5;

    private readonly StepOutline outline;
    private readonly RankPlan rank;
    private readonly WorkTimes times;
    private readonly ImmutableArray<SegmentTimes> segments;
    private readonly PassTimes passes;
    private readonly MoveTimes moves;
    private readonly double handOver;
    private readonly Dictionary<int, GroupReach> reaches = [];

    public ActionTimes(StepOutline outline, RankPlan rank, HardwarePerformance performance)
    {
        (this.outline, this.rank) = (outline, rank);
        var neighbours = outline.RanksBeside(rank);
        var share = performance.Of(neighbours);
        var training = outline.Program.Training;
        times = new WorkTimes(share.Device, training.Precision);
        passes = new PassTimes(
            outline.Program, outline.Tensor, times, outline.Batch.DataDegree > 1, outline.Batch.RankMicroBatch);
        segments = [.. rank.Segments.Select(segment => passes.Of(segment) + Borders(segment))];
        handOver = share.Link.HandOverSeconds;
        moves = new MoveTimes(share.Link, performance.BetweenMachinesFor(neighbours));
    }

    /// <summary>Between ranks on cores, what moves bytes takes the time of a core: nothing goes on beside it.</summary>
    public bool Overlaps => rank.Device.Kind == DeviceKind.Cuda;

    /// <summary>What the rank itself does in an action.</summary>
    public (TimedWork Work, double Seconds) Own(PlanAction action) => action switch
    {
        PlanAction.Forward forward => (TimedWork.Pass, segments[forward.Segment].Forward),
        PlanAction.Recompute again => (TimedWork.Pass, segments[again.Segment].Again),
        PlanAction.Backward backward => (TimedWork.Pass, segments[backward.Segment].Backward),
        PlanAction.InputGradient backward => (TimedWork.Pass, segments[backward.Segment].InputGradient),
        PlanAction.WeightGradient late => (TimedWork.Pass, segments[late.Segment].WeightGradient),
        PlanAction.Load => (TimedWork.Other, times.Calls(1) + times.Bytes(2 * Bytes(outline.Tensor.LocalModel.Input))),
        PlanAction.SendValue or PlanAction.SendGradient or PlanAction.ReceiveValue => (TimedWork.Move, times.Calls(1)),
        PlanAction.ReceiveGradient receive => (TimedWork.Move, times.Calls(1) + times.Bytes(3 * receive.Bytes)),
        PlanAction.Clip => (TimedWork.Update, times.Calls(4) + times.Bytes(3 * Updated * MasterBytes)),
        PlanAction.WidenGradients => (TimedWork.Update, times.Calls(4) + times.Bytes(Updated * (MasterBytes + ElementBytes))),
        PlanAction.Step => (TimedWork.Update, times.Calls(UpdateCalls) + times.Update(outline.Program.Training, Updated)),
        PlanAction.AllReduceMetrics => (TimedWork.Other, times.Calls(2)),
        PlanAction.AwaitGradients or PlanAction.AwaitParameters or PlanAction.ReleaseParameters => (TimedWork.Other, 0),
        _ => (TimedWork.Move, times.Calls(1)),
    };

    /// <summary>What each layer of a segment takes of its passes.</summary>
    public IEnumerable<PassSeconds> Layers(int segment) =>
        Enumerable.Range(rank.Segments[segment].FirstLayer, rank.Segments[segment].LayerCount).Select(passes.OfLayer);

    /// <summary>
    /// What an action's collective takes from the moment on that all of its group are there. A measured layer has it in its time,
    /// as far as it stays within a machine: there it was measured.
    /// </summary>
    public double Move(IssuedCollective collective)
    {
        var reach = Reach(collective.Group);
        return collective.Layer is { } layer && reach.Machines == 1 && passes.HasMoves(layer)
            ? 0
            : moves.Collective(collective.Kind, reach, collective.Bytes);
    }

    /// <summary>What it costs besides where it shares the rank's core.</summary>
    public double HandOver(IssuedCollective collective) =>
        collective.IsBackground && Reach(collective.Group).Ranks > 1 ? handOver : 0;

    /// <summary>What a message takes of its sender's time, and as much of its receiver's: on the cores of one machine both copy it.</summary>
    public double Copy(Message message) => Overlaps || CrossesMachines(message) ? 0 : moves.Copy(message.Bytes);

    /// <summary>What passes from when it is sent until it is there.</summary>
    public double Move(Message message) => moves.Message(CrossesMachines(message), message.Bytes) - Copy(message);

    private bool CrossesMachines(Message message) => outline.Devices[message.From].Machine != outline.Devices[message.To].Machine;

    private int MasterBytes => outline.Program.Training.Precision.Master().ElementBytes();

    private int ElementBytes => outline.Program.Training.Precision.ElementBytes();

    /// <summary>
    /// The graph is cut at a segment's borders: what comes in is made a leaf, which has two calls, and its gradient is taken; what
    /// goes out has another name for those who read it, and becomes a root with its gradient. A GPU has nothing to do for that.
    /// </summary>
    private SegmentTimes Borders(SegmentPlan segment)
    {
        if (rank.Device.Kind == DeviceKind.Cuda)
            return default;
        var (entered, left) = (segment.DifferentiableInputs.Length, segment.Outputs.Length);
        return new SegmentTimes(
            times.Calls((2 * entered) + left), times.Calls(2 * entered), times.Calls(entered + (2 * left)), WeightGradient: 0);
    }

    /// <summary>The elements that the rank updates.</summary>
    private double Updated => (double)rank.ElementCount / (outline.Shard == ShardLevel.None ? 1 : outline.Batch.DataDegree);

    private double Bytes(Shape shape) => (double)shape.ElementCount * outline.Batch.RankMicroBatch * ElementBytes;

    private GroupReach Reach(int group)
    {
        if (!reaches.TryGetValue(group, out var reach))
            reaches.Add(group, reach = GroupReach.Of(outline.Group(group), outline.Devices));
        return reach;
    }
}
