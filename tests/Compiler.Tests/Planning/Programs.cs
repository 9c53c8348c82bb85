using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>Checked programs and machines for the planner's tests, made without text.</summary>
internal static class Programs
{
    private static readonly SourcePlace Nowhere = new("test.pd", 1, 1);

    public static readonly HardwareDescription Laptop = new("laptop", 2, 16L << 30, []);

    public static HardwareDescription Gpus(int count, long memoryBytes = 16L << 30) => new(
        "workstation",
        32,
        128L << 30,
        [.. Enumerable.Range(0, count).Select(index => new DeviceDescription(DeviceKind.Cuda, index, $"GPU {index}", memoryBytes, 1))]);

    public static DeviceRequest Ask(int count = 0, bool requireGpu = false, params int[] indices) => new(count, [.. indices], requireGpu);

    /// <summary>linear 8 (56 parameters), batch_norm (16), relu, linear 4 (36) over [6], in adam.</summary>
    public static CheckedProgram Small(long degree = 0, long batch = 32, long accumulate = 1, bool isAuto = false) =>
        Of([("linear", 8L), ("batch_norm", null), ("relu", null), ("linear", 4L)], degree, batch, accumulate, isAuto);

    public static CheckedProgram Of(
        (string Kind, long? Outputs)[] layers,
        long degree = 0,
        long batch = 32,
        long accumulate = 1,
        bool isAuto = false) => new(
            "small",
            new CheckedData(
                Component("synthetic"),
                Shape.Of(6),
                InputScale: 1,
                InputShift: 0,
                new CheckedTarget.Values(Shape.Of(4)),
                ValidationFraction: 0,
                new DatasetDescription(Shape.Of(6), 4, 64, 0),
                InputColumns: [],
                TargetColumns: [],
                SourceSpan.Nowhere),
            Model(layers),
            Training(batch, accumulate),
            Layout(isAuto, degree));

    public static ParallelRequest Layout(bool isAuto, long degree) => isAuto
        ? ParallelRequest.Auto(SourceSpan.Nowhere)
        : ParallelRequest.Auto(SourceSpan.Nowhere) with { IsAuto = false, Data = Replicas(degree) };

    public static DataRequest Replicas(long degree, ShardLevel shard = ShardLevel.None, long bucketBytes = 0) =>
        new(degree, bucketBytes, shard, SourceSpan.Nowhere, SourceSpan.Nowhere);

    public static PipelineRequest Stages(
        long degree, long microBatches = 0, ScheduleKind schedule = ScheduleKind.OneForwardOneBackward, long chunks = 1) =>
        new(degree, microBatches, schedule, chunks, [], SourceSpan.Nowhere);

    /// <summary>The program with another layout.</summary>
    public static CheckedProgram With(this CheckedProgram program, DataRequest? data, PipelineRequest? pipeline = null) =>
        program with { Parallel = program.Parallel with { IsAuto = false, Data = data, Pipeline = pipeline } };

    public static ExecutionPlan Plan(CheckedProgram program, HardwareDescription hardware, DeviceRequest? request = null)
    {
        var result = Planner.Plan(program, hardware, request ?? DeviceRequest.Unstated);
        Assert.Empty(result.Diagnostics);
        return result.Value!;
    }

    public static Diagnostic Refusal(CheckedProgram program, HardwareDescription hardware, DeviceRequest? request = null)
    {
        var result = Planner.Plan(program, hardware, request ?? DeviceRequest.Unstated);
        Assert.Null(result.Value);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.NotEmpty(diagnostic.Help);
        return diagnostic;
    }

    private static CheckedTraining Training(long batch, long accumulate) => new(
        Component("mse"),
        Component("adam"),
        Component("constant"),
        [Component("mean_absolute_error")],
        batch,
        accumulate,
        Epochs: 1,
        Steps: 0,
        ClipNorm: 0,
        Seed: 0,
        Shuffle: true,
        Precision.Float32,
        OptimizerStateCount: 2,
        SourceSpan.Nowhere);

    private static CheckedModel Model((string Kind, long? Outputs)[] kinds)
    {
        var layers = ImmutableArray.CreateBuilder<CheckedLayer>();
        foreach (var (kind, outputs) in kinds)
            layers.Add(Layer(layers.Count, kind, outputs, layers.Count == 0 ? Shape.Of(6) : layers[^1].Output));
        return new CheckedModel(Shape.Of(6), layers.ToImmutable());
    }

    private static CheckedLayer Layer(int index, string kind, long? outputs, Shape input)
    {
        var rule = LayerCatalogue.Find(kind)!;
        var values = rule.Arguments
            .Select(argument => (argument.Name, Value: argument.Default ?? outputs!))
            .ToImmutableSortedDictionary(pair => pair.Name, pair => (object)pair.Value, StringComparer.Ordinal);
        var arguments = new CheckedArguments(values);
        var name = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var facts = Assert.IsType<LayerOutcome.Facts>(rule.Infer(new LayerContext(arguments, input, name, kind, SourceSpan.Nowhere)));
        return new CheckedLayer(
            index,
            name,
            kind,
            arguments,
            [index - 1],
            [input],
            facts.Output,
            facts.Parameters,
            facts.Buffers,
            facts.FlopsPerSample,
            facts.SavedElementsPerSample,
            Nowhere);
    }

    private static CheckedComponent Component(string kind) => new(kind, CheckedArguments.None, Nowhere);
}
