using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Calibration.Layers;
using ParDsl.Runtime.Calibration.Measuring;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Calibration;

/// <summary>
/// Measures how long a program's layers take on this machine in training, for each number of ranks that the machine itself was
/// measured for, and adds it to that calibration: for rates of other shapes do not tell all of a layer's time.
/// </summary>
public static class LayerCalibrator
{
    /// <summary>Pipelines cut a rank's samples into micro-batches: of these two numbers, and between, others are told from.</summary>
    private const int MicroBatches = 4;

    /// <summary>The part of the machine's memory that one product may have.</summary>
    private const int MemoryPart = 8;

    /// <summary>Of one product: some seconds of a core.</summary>
    private const double MostOperations = 2e11;

    /// <param name="calibration">Of this machine.</param>
    /// <param name="progress">Told in words what is measured next.</param>
    /// <exception cref="OperationCanceledException">The token said so.</exception>
    /// <exception cref="RunFailedException">The data or the native libraries are not as they should be.</exception>
    public static MachineCalibration Run(
        MachineCalibration calibration,
        CheckedProgram program,
        HardwareDescription machine,
        Action<string> progress,
        CancellationToken cancellation) => Run(calibration, program, machine, LayerPace.Usual, progress, cancellation);

    internal static MachineCalibration Run(
        MachineCalibration calibration,
        CheckedProgram program,
        HardwareDescription machine,
        LayerPace pace,
        Action<string> progress,
        CancellationToken cancellation)
    {
        NativeLibraries.Load();
        var data = DatasetReader.Read(program.Data, program.Training);
        var place = machine with { Performance = null };
        var layers = calibration.Performance.Shares.Select(_ => LayerSpeeds.None).ToArray();
        for (var pass = 0; pass < pace.Passes; pass++)
        {
            foreach (var (index, share) in calibration.Performance.Shares.Index())
            {
                var areGpus = share.Ranks == 0;
                var ranks = areGpus ? machine.Gpus.Length : share.Ranks;
                progress(Words(program, ranks, isAgain: pass > 0));
                var bench = new LayerBench(program, data, place, pace, cancellation);
                layers[index] = layers[index].Quicker(Measured(bench, program, ranks, machine.Cores, areGpus));
                if (pass == 0 && layers[index].ByLayer.IsEmpty && bench.Refusal is { } refusal)
                    progress($"they are not measured: {refusal.Message}");
            }
        }

        var performance = calibration.Performance with { Shares = [.. calibration.Performance.Shares.Zip(layers, With)] };
        return calibration with { Performance = WithPanels(performance, program, machine, progress, cancellation) };
    }

    private static string Words(CheckedProgram program, int ranks, bool isAgain) => string.Create(
        CultureInfo.InvariantCulture, $"layers of {program.Name}, {ranks} rank{(ranks == 1 ? "" : "s")}{(isAgain ? ", again" : "")}");

    private static SharedPerformance With(SharedPerformance share, LayerSpeeds newer) =>
        share with { Device = share.Device with { Layers = share.Device.Layers.With(newer) } };

    /// <summary>What its products ask for on cores, without those that alone take much of the machine's memory, or seconds.</summary>
    private static HardwarePerformance WithPanels(
        HardwarePerformance performance,
        CheckedProgram program,
        HardwareDescription machine,
        Action<string> progress,
        CancellationToken cancellation)
    {
        if (!machine.Gpus.IsEmpty)
            return performance;
        var all = RankProducts.OfLayouts(program, machine.Cores, [.. performance.Shares.Select(share => share.Ranks)]);
        if (all.IsEmpty || !AllocatedMemory.IsCounted)
            return performance;
        ImmutableArray<WeightProduct> products = [.. all.Where(product => product.Bytes <= machine.MemoryBytes / MemoryPart && product.Operations <= MostOperations)];
        var left = all.Length - products.Length;
        progress(string.Create(
            CultureInfo.InvariantCulture,
            $"memory of {products.Length} products of {program.Name}{(left > 0 ? $"; {left} are too large" : "")}"));
        return performance with { Panels = performance.Panels.With(PanelMeasure.Of(products, cancellation)) };
    }

    /// <summary>
    /// A rank has a share of the batch where ranks are replicas, and that of its tensor ranks together where they share layers;
    /// pipelines cut it into micro-batches. What is the same for ranks that meet and for those that do not is told from the
    /// latter: they wait for nobody. GPUs are not shared, so one group alone tells that for all. Of more ranks than cores as many
    /// are measured as have one each, and what they took counts for turns: of all at once some would have a core for a whole update.
    /// Only groups that are larger than that are measured as they are.
    /// </summary>
    private static LayerSpeeds Measured(LayerBench bench, CheckedProgram program, int ranks, int cores, bool areGpus)
    {
        var batch = (int)Math.Max(1, program.Training.GlobalBatch / program.Training.Accumulate);
        var share = Math.Max(1, batch / ranks);
        var speeds = LayerSpeeds.None;
        foreach (var degree in TensorDegrees(ranks))
        {
            var shared = Math.Max(1, batch / (ranks / degree));
            int[] samples = degree == ranks ? [shared] : [shared / MicroBatches, shared];
            speeds = speeds.With(Of(degree, RankRelation.Tensor, samples)).With(Of(degree, RankRelation.Sequence, shared));
        }

        if (ranks > 1 && LayerIdentity.MeetsReplicas(program))
            speeds = speeds.With(Of(ranks, RankRelation.Replicas, share / MicroBatches, share));
        return speeds.With(Of(1, RankRelation.None, share / MicroBatches, share));

        LayerSpeeds Of(int together, RankRelation relation, params int[] samples)
        {
            var takeTurns = !areGpus && ranks > cores && together <= cores;
            var count = areGpus ? together : takeTurns ? cores / together * together : ranks;
            return samples
                .Where(each => each > 0)
                .Distinct()
                .Aggregate(LayerSpeeds.None, (smaller, each) => smaller.With(bench.Measure(count, together, each, relation)))
                .Times(takeTurns ? (double)cores / ranks : 1);
        }
    }

    /// <summary>All of them, and powers of two of them: each takes seconds.</summary>
    private static IEnumerable<int> TensorDegrees(int ranks) =>
        Enumerable.Range(2, ranks - 1).Where(degree => degree == ranks || (ranks % degree == 0 && int.IsPow2(degree)));
}
