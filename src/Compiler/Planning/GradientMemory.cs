using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The gradients of values that are there while a segment goes backward: a layer's output's and inputs', and those that wait,
/// over a residual block for example, for the layer that gave the value. Those of the segment's own outputs, from which
/// its pass starts, are counted with what crosses segments (see <see cref="MemoryPeaks"/>).
/// </summary>
internal sealed class GradientMemory
{
    private readonly PlanContext context;
    private readonly SegmentPlan segment;

    /// <summary>The tensor that each value's gradient lies in so far.</summary>
    private readonly Dictionary<int, Piece> waiting;

    /// <summary>
    /// What the engine's last function of its own gave: it has hold of it until the next one begins (see the runtime's
    /// <c>CallbackFailure</c>).
    /// </summary>
    private ImmutableArray<Piece> handed = [];

    /// <summary>By a layer's place in the segment.</summary>
    private readonly ImmutableArray<long> elements;

    public GradientMemory(PlanContext context, SegmentPlan segment)
    {
        (this.context, this.segment) = (context, segment);
        waiting = segment.Outputs.Where(context.Flow.IsDifferentiable).ToDictionary(value => value, Piece.Root);
        var last = context.LocalModel.Layers.Length - 1;
        if (segment.Holds(last))
            waiting[last] = new Piece(last, context.LocalModel.Layers.Length); // the loss reads it
        var counts = new long[segment.LayerCount];
        for (var place = counts.Length - 1; place >= 0; place--)
            counts[place] = GoThrough(context.LocalModel.Layers[segment.FirstLayer + place]);
        elements = [.. counts];
    }

    /// <summary>The numbers of one sample, while a layer is gone through.</summary>
    public long ElementsAt(CheckedLayer layer) => elements[layer.Index - segment.FirstLayer];

    private long GoThrough(CheckedLayer layer)
    {
        if (!waiting.TryGetValue(layer.Index, out var outer))
            return 0;
        var made = layer.Inputs
            .Where(context.Flow.IsDifferentiable)
            .Distinct()
            .ToDictionary(value => value, value => LayerKeeping.HandsGradientOn(layer) ? outer : new Piece(value, layer.Index));
        if (IsEnginesOwn(layer))
            handed = [];
        var count = waiting.Values.Concat(made.Values).Concat(handed).Distinct().Where(piece => !piece.IsRoot).Sum(Elements);
        if (IsEnginesOwn(layer))
            handed = [.. made.Values];
        waiting.Remove(layer.Index);
        foreach (var (value, piece) in made)
            waiting[value] = waiting.ContainsKey(value) ? Piece.Sum(value) : piece;
        return count;
    }

    /// <summary>Whether the layer goes backward by a function of the engine and not of libtorch.</summary>
    private bool IsEnginesOwn(CheckedLayer layer) =>
        (context.Degrees.Data > 1 && LayerCatalogue.Find(layer.Kind) is ISynchronizedLayer)
        || context.Tensor.Layers[layer.Index].Kind is var split && (split.SumsInputGradient() || split.SumsOutput());

    private long Elements(Piece piece) => context.Flow.Elements(piece.Value);

    /// <summary>A tensor with a value's gradient, or a part of it.</summary>
    /// <param name="Reader">The layer that made it.</param>
    private readonly record struct Piece(int Value, int Reader)
    {
        private const int OfSum = -1;
        private const int OfRoot = -2;

        public bool IsRoot => Reader == OfRoot;

        public static Piece Sum(int value) => new(value, OfSum);

        public static Piece Root(int value) => new(value, OfRoot);
    }
}
