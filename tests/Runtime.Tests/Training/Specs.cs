using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Parsing;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Training;
using ParDsl.Source;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>A spec's text comes in, a plan, a session over made-up data or what it learns goes out.</summary>
internal static class Specs
{
    private static readonly HardwareDescription Machine = new("test", 4, 16L << 30, []);

    /// <summary>A plan for <c>parallel { data N }</c>.</summary>
    /// <param name="data">The lines of the data block after the source, or <c>source text ...</c>, whose file is not read.</param>
    public static ExecutionPlan Plan(string data, string model, string train, int degree, int sampleCount) =>
        Plan(data, model, train, $"data {degree}", sampleCount);

    /// <summary>A plan for any layout, on as many devices as it needs.</summary>
    /// <param name="layout">What stands in the parallel block.</param>
    public static ExecutionPlan Plan(
        string data, string model, string train, string layout, int sampleCount, long vocabulary = TokenRun.Vocabulary)
    {
        var text = $$"""
            data { {{(data.StartsWith("source", StringComparison.Ordinal) ? "" : $"source synthetic {sampleCount}")}}
            {{data}} }
            model {
            {{model}}
            }
            train {
            {{train}}
            }
            parallel { {{layout}} }
            """;
        var parsed = Parser.parse(new SourceFile("test.pd", text));
        Require(parsed.Diagnostics);
        var bound = ParDsl.Compiler.Binding.DataBinder.Bind(parsed.Program);
        Require(bound.Diagnostics);
        var program = Checker.Check(parsed.Program, Describe(bound.Value!, sampleCount, vocabulary));
        Require(program.Diagnostics);
        var plan = Planner.Plan(program.Value!, Machine, DeviceRequest.Unstated);
        Require(plan.Diagnostics);
        return plan.Value!;
    }

    private static DatasetDescription Describe(DatasetRequest request, int sampleCount, long vocabulary)
    {
        if (request.Source.Kind == "text")
        {
            var length = request.Source.Arguments.Integer("length");
            return new DatasetDescription(Shape.Of(length), length, sampleCount, 0) { Vocabulary = vocabulary };
        }

        var targetCount = request.Target is CheckedTarget.Values values ? values.Shape.ElementCount : 1;
        return new DatasetDescription(request.StatedInput!, targetCount, sampleCount, 0);
    }

    public static TrainingSession Session(ExecutionPlan plan, int sampleCount, int validationCount = 0) =>
        SessionBuilder.Build(plan, RunOptions.InMemory, Data(plan.Program, sampleCount, validationCount));

    /// <summary>The loss of each of so many updates more.</summary>
    public static double[] Losses(TrainingSession session, int stepCount)
    {
        var losses = new double[stepCount];
        for (var step = 0; step < stepCount; step++)
        {
            session.Step(1);
            losses[step] = session.Loss;
        }

        return losses;
    }

    /// <summary>The whole model as a rank has it, by name: running statistics too.</summary>
    public static SortedDictionary<string, double[]> Weights(TrainingSession session, int rank = 0)
    {
        var weights = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (name, tensor) in session.CopyModel(rank))
        {
            using var whole = tensor.to(ScalarType.Float64);
            weights.Add(name, whole.data<double>().ToArray());
            tensor.Dispose();
        }

        return weights;
    }

    /// <summary>Normal inputs, and targets that depend on them; or a run of tokens.</summary>
    public static LoadedDataset Data(CheckedProgram program, int sampleCount, int validationCount = 0)
    {
        if (program.Data.InputKind is ValueKind.Tokens)
            return TokenRun.Data(program.Data, sampleCount);
        var random = new System.Random(1);
        var width = checked((int)program.Data.Input.ElementCount);
        var total = sampleCount + validationCount;
        var inputs = Enumerable.Range(0, total * width).Select(_ => (2 * random.NextDouble()) - 1).ToArray();
        SampleTargets targets = program.Data.Target switch
        {
            CheckedTarget.Class classes => Classes(inputs, total, width, classes.Count),
            CheckedTarget.Values values => Numbers(inputs, total, width, checked((int)values.Shape.ElementCount)),
            _ => throw new InvalidOperationException(),
        };
        var table = new SampleTable(new DoubleMatrix(inputs, total, width), targets);
        var format = new SampleFormat(program.Data.Input, 1, 0, program.Data.Target);
        var training = new DatasetPart(table, [.. Enumerable.Range(0, sampleCount)], format);
        var validation = new DatasetPart(table, [.. Enumerable.Range(sampleCount, validationCount)], format);
        return new LoadedDataset(training, validationCount == 0 ? null : validation, null);
    }

    private static SampleTargets.Classes Classes(double[] inputs, int total, int width, long count) => new SampleTargets.Classes(
        [.. Enumerable.Range(0, total).Select(row => (long)Math.Clamp((Mean(inputs, row, width) + 0.1) * 5 * count, 0, count - 1))]);

    private static SampleTargets.Values Numbers(double[] inputs, int total, int width, int count) => new SampleTargets.Values(new DoubleMatrix(
        [.. Enumerable.Range(0, total * count).Select(index => Math.Sin((3 * Mean(inputs, index / count, width)) + (index % count)))],
        total,
        count));

    private static double Mean(double[] inputs, int row, int width) => inputs.AsSpan(row * width, width).ToArray().Average();

    private static void Require(IEnumerable<ParDsl.Diagnostics.Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity == ParDsl.Diagnostics.Severity.Error))
            throw new InvalidOperationException($"{diagnostic.Code}: {diagnostic.Message}");
    }
}
