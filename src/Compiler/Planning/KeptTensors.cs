using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The bytes of one sample that autograd keeps between a segment's forward and backward pass. A value that two layers keep, as
/// one's output and the next one's input, is there once.
/// </summary>
internal sealed class KeptTensors
{
    private readonly PlanContext context;
    private readonly SegmentPlan segment;

    /// <param name="held">The values that the rank's earlier segments keep, which go backward later; this one's are added.</param>
    private KeptTensors(PlanContext context, SegmentPlan segment, HashSet<int> held)
    {
        (this.context, this.segment) = (context, segment);
        var values = segment.Inputs.Select(Owner).ToHashSet();
        InputBytes = BytesOf(values.Except(held));
        var inputs = values.ToArray();
        var (own, peak) = (0L, 0L);
        foreach (var layer in Layers)
        {
            own = checked(own + Own(layer, values));
            // Backward through this layer, what later ones kept is gone.
            peak = Math.Max(peak, checked(BytesOf(values.Except(held)) + own + Working(layer)));
        }

        Bytes = checked(BytesOf(values.Except(held)) + own + LossBytes);
        WorkingBytes = Math.Max(0, peak - Bytes);
        held.UnionWith(segment.IsRecomputed ? inputs : values);
    }

    /// <summary>Of each of a rank's segments.</summary>
    public static KeptTensors[] Of(PlanContext context, IEnumerable<SegmentPlan> segments)
    {
        var held = new HashSet<int>();
        return [.. segments.Select(segment => new KeptTensors(context, segment, held))];
    }

    /// <summary>Of the values that come in, which are kept even where the others are computed again.</summary>
    public long InputBytes { get; }

    /// <summary>Of all.</summary>
    public long Bytes { get; }

    /// <summary>
    /// What the backward pass needs at its peak beyond these: the gradients of a layer's output and of its inputs, while what
    /// that layer and those before it have kept is still there.
    /// </summary>
    public long WorkingBytes { get; }

    private IEnumerable<CheckedLayer> Layers =>
        context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount);

    /// <summary>
    /// The output, and the loss's terms: in float32 at least, and where that is not the model's own precision both.
    /// </summary>
    private long LossBytes => segment.Holds(context.LocalModel.Layers.Length - 1)
        ? checked(context.LocalModel.Output.ElementCount * context.MasterBytes
            * (context.Program.Training.Precision.HasMasters() ? 2 : 1))
        : 0;

    /// <summary>Adds the values that a layer keeps, and gives the bytes of what it keeps beside them.</summary>
    private long Own(CheckedLayer layer, HashSet<int> values)
    {
        values.UnionWith(LayerKeeping.Values(layer).Select(Owner));
        return LayerKeeping.OwnBytes(layer, context.Flow, context.ElementBytes);
    }

    private long BytesOf(IEnumerable<int> values) => checked(values.Sum(context.Flow.Elements) * context.ElementBytes);

    private long Working(CheckedLayer layer) =>
        checked((layer.Output.ElementCount + layer.Inputs.Sum(context.Flow.Elements)) * context.ElementBytes);

    /// <summary>The value whose memory this one is.</summary>
    private int Owner(int value)
    {
        while (value >= 0 && segment.Holds(value) && LayerKeeping.IsView(context.LocalModel.Layers[value]))
            value = context.LocalModel.Layers[value].Inputs[0];
        return value;
    }
}
