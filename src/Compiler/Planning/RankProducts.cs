using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>The products with weights that a rank on cores does in an update.</summary>
public static class RankProducts
{
    /// <summary>Numbers of micro-batches of a rank's share that pipelines cut it into.</summary>
    private static readonly ImmutableArray<int> MicroBatches = [1, 2, 4, 8];

    /// <summary>In the order of an update: forward, then backward.</summary>
    /// <param name="layers">As the rank has them.</param>
    /// <param name="samples">Of a micro-batch.</param>
    public static IEnumerable<WeightProduct> Of(
        ImmutableArray<CheckedLayer> layers, Precision precision, int samples, int threads)
    {
        return layers.SelectMany(Forward).Concat(layers.Reverse().SelectMany(Backward));

        IEnumerable<WeightProduct> Forward(CheckedLayer layer) =>
            Products(LayerWork.Of(layer).Forward).Select(product => Sized(product, ProductKind.Output));

        // What comes from no layer is learned by none.
        IEnumerable<WeightProduct> Backward(CheckedLayer layer) => Products(LayerWork.Of(layer).Backward)
            .Where(product => product.IsOfWeights || !layer.Inputs.Contains(CheckedLayer.ModelInput))
            .Select(product => Sized(product, product.IsOfWeights ? ProductKind.WeightGradient : ProductKind.InputGradient));

        WeightProduct Sized(OperationWork product, ProductKind kind) => new(
            precision,
            kind,
            Math.Max(1, (long)Math.Round(product.Operations / (2 * product.WeightElements) * samples)),
            (long)product.Inputs,
            (long)product.Outputs,
            threads);
    }

    /// <summary>
    /// Those of the usual layouts, and of the program's own, each once: the batch shared by replicas or tensor ranks, whole and in
    /// micro-batches.
    /// </summary>
    /// <param name="cores">That the ranks share.</param>
    /// <param name="ranks">Their numbers in the usual layouts.</param>
    public static ImmutableArray<WeightProduct> OfLayouts(CheckedProgram program, int cores, ImmutableArray<int> ranks)
    {
        var usual =
            from degree in ranks
            from count in ranks
            where count % degree == 0
            from microBatches in MicroBatches
            let parts = (Int128)program.Training.Accumulate * (count / degree) * microBatches
            from product in Divided(program, degree, parts, Math.Max(1, cores / count))
            select product;
        return [.. usual.Concat(Own(program, cores)).Distinct()];
    }

    /// <summary>Where the program states all of its degrees.</summary>
    private static IEnumerable<WeightProduct> Own(CheckedProgram program, int cores)
    {
        var layout = program.Parallel;
        var (data, pipeline, tensor) = (layout.Data?.Degree ?? 1, layout.Pipeline?.Degree ?? 1, layout.Tensor?.Degree ?? 1);
        // A degree that is left out is 0.
        var worldSize = (Int128)data * pipeline * tensor;
        if (layout.IsAuto || worldSize <= 0 || worldSize > VirtualDevices.MaximumCount)
            return [];
        var degrees = new Degrees((int)data, (int)pipeline, (int)tensor);
        return Divided(program, degrees.Tensor, BatchCut.Parts(program, degrees), Math.Max(1, cores / degrees.WorldSize));
    }

    /// <param name="parts">That the ranks and their micro-batches make of the batch.</param>
    private static IEnumerable<WeightProduct> Divided(CheckedProgram program, int degree, Int128 parts, int threads) =>
        from divided in Divided(program, degree)
        where parts <= program.Training.GlobalBatch
        from samples in (int[])[(int)(program.Training.GlobalBatch / parts), LastSamples(program, (long)parts)]
        where samples > 0
        from product in Of(divided.LocalModel.Layers, program.Training.Precision, samples, threads)
        select product;

    /// <summary>The most that one of so many parts has of an epoch's last batch; 0 where that is as large as all others, or unknown.</summary>
    public static int LastSamples(CheckedProgram program, long parts)
    {
        var left = (program.Data.EpochSampleCount ?? 0) % Math.Max(1, program.Training.GlobalBatch);
        return (int)((left + parts - 1) / parts);
    }

    /// <summary>The layers as tensor ranks have them, where they divide a sequence and where they do not.</summary>
    private static IEnumerable<TensorPlan> Divided(CheckedProgram program, int degree)
    {
        bool[] divisions = degree == 1 ? [false] : [false, true];
        return divisions.Select(division => TensorSplit.Of(Asking(division), degree));

        CheckedProgram Asking(bool dividesSequence) => program with
        {
            Parallel = program.Parallel with { Tensor = new TensorRequest(degree, dividesSequence, program.Parallel.Span) },
        };
    }

    private static IEnumerable<OperationWork> Products(ImmutableArray<OperationWork> operations) =>
        operations.Where(operation => operation.Kind == WorkKind.Product && operation.Inputs > 0);
}
