using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The bytes of one sample that are there between a segment's forward and backward pass: what autograd keeps, and the values
/// that others read. A value that two layers keep, as one's output and the next one's input, is there once.
/// </summary>
internal sealed class KeptTensors
{
    private readonly PlanContext context;
    private readonly SegmentPlan segment;

    /// <param name="rank">All of the rank's segments.</param>
    /// <param name="defers">Whether large weights' gradients come later than the backward pass.</param>
    /// <param name="held">The values that the rank's earlier segments keep, which go backward later; this one's are added.</param>
    private KeptTensors(
        PlanContext context, SegmentPlan segment, SegmentPlan[] rank, KernelRoom room, bool defers, HashSet<int> held)
    {
        (this.context, this.segment) = (context, segment);
        var inputs = segment.Inputs.Select(Owner).ToHashSet();
        WaitingBytes = BytesOf(inputs.Except(held));
        // What goes to other ranks only is let go when it has been sent; what is computed again is not sent once more.
        var outputs = segment.Outputs
            .Where(value => segment.IsRecomputed || context.Flow.Readers(value).Any(reader => rank.Any(own => own.Holds(reader))))
            .Select(Owner)
            .ToHashSet();
        var gradients = new GradientMemory(context, segment);
        var values = inputs.ToHashSet();
        var products = Products.ToImmutableArray();
        DeferredBytes = checked(
            products.Sum(product => product.Bytes) + BytesOf(segment.Inputs.Where(value => value == CheckedLayer.ModelInput)));
        var own = 0L;
        var (forward, backward) = (new long[segment.LayerCount], new long[segment.LayerCount]);
        foreach (var (place, layer) in Layers.Index())
        {
            own = checked(own + Own(layer, values));
            forward[place] = checked(BytesOf(values.Except(held)) + own);
            // Backward through this layer, what later ones kept is gone; the outputs are there until the pass is over.
            var kept = checked(forward[place] + BytesOf(outputs.Except(values).Except(held)));
            var working = checked((gradients.ElementsAt(layer) * context.ElementBytes) + room.BackwardBytes(layer));
            var left = defers ? LeftBehind(layer, products, [.. values.Union(outputs)]) : 0;
            backward[place] = checked(kept + working + left);
        }

        values.UnionWith(outputs);
        Bytes = checked(BytesOf(values.Except(held)) + own + LossBytes);
        WorkingBytes = Math.Max(0, backward.Max() - Bytes);
        Course = new PassBytes([.. forward], [.. backward]);
        held.UnionWith(segment.IsRecomputed ? inputs : values);
    }

    /// <summary>Of each of a rank's segments.</summary>
    /// <param name="deferring">The segments whose large weights' gradients come later than their backward passes.</param>
    public static KeptTensors[] Of(PlanContext context, SegmentPlan[] segments, KernelRoom room, IReadOnlySet<int> deferring)
    {
        var held = new HashSet<int>();
        return
        [
            .. segments.Select(segment => new KeptTensors(context, segment, segments, room, deferring.Contains(segment.Index), held)),
        ];
    }

    /// <summary>Of the values that come in, which are kept even where the others are computed again.</summary>
    public long WaitingBytes { get; }

    /// <summary>Of all.</summary>
    public long Bytes { get; }

    /// <summary>
    /// What the backward pass needs at its peak beyond these: gradients that are under way (see <see cref="GradientMemory"/>)
    /// and kernels' own room, while what that layer and those before it have kept is still there.
    /// </summary>
    public long WorkingBytes { get; }

    /// <summary>
    /// What is left of them where large weights' gradients come later: both factors of each product, and the sample.
    /// </summary>
    public long DeferredBytes { get; }

    /// <summary>How it comes and goes, of one sample.</summary>
    public PassBytes Course { get; }

    private IEnumerable<CheckedLayer> Layers =>
        context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount);

    /// <summary>
    /// The output, and the loss's terms: in float32 at least, and where that is not the model's own precision both.
    /// </summary>
    private long LossBytes => segment.Holds(context.LocalModel.Layers.Length - 1)
        ? checked(context.LocalModel.Output.ElementCount * context.MasterBytes
            * (context.Program.Training.Precision.HasMasters() ? 2 : 1))
        : 0;

    /// <summary>
    /// What later layers have left for their weights' gradients, without what is among the values that are kept, or the gradient of
    /// one of the segment's outputs.
    /// </summary>
    private long LeftBehind(CheckedLayer layer, ImmutableArray<(CheckedLayer Layer, long Bytes)> products, HashSet<int> values)
    {
        var behind = products.Where(product => product.Layer.Index > layer.Index).ToArray();
        var shared = behind.SelectMany(product => product.Layer.Inputs).Select(Owner).Where(values.Contains).Distinct();
        var roots = behind.Select(product => product.Layer.Index).Intersect(segment.Outputs.Select(Owner));
        return checked(behind.Sum(product => product.Bytes) - BytesOf(shared) - BytesOf(roots));
    }

    /// <summary>The layers with products, and both factors of each.</summary>
    private IEnumerable<(CheckedLayer Layer, long Bytes)> Products =>
        from layer in Layers
        let products = LayerWork.Of(layer).Forward.Where(operation => operation.Kind == WorkKind.Product)
        let elements = products.Sum(operation => operation.Elements)
        where elements > 0
        select (layer, checked((long)elements * context.ElementBytes));

    /// <summary>Adds the values that a layer keeps, and gives the bytes of what it keeps beside them.</summary>
    private long Own(CheckedLayer layer, HashSet<int> values)
    {
        values.UnionWith(LayerKeeping.Values(layer).Select(Owner));
        return LayerKeeping.OwnBytes(layer, context.Flow, context.ElementBytes);
    }

    private long BytesOf(IEnumerable<int> values) => checked(values.Sum(context.Flow.Elements) * context.ElementBytes);

    /// <summary>The value whose memory this one is.</summary>
    private int Owner(int value)
    {
        while (value >= 0 && segment.Holds(value) && LayerKeeping.IsView(context.LocalModel.Layers[value]))
            value = context.LocalModel.Layers[value].Inputs[0];
        return value;
    }
}
