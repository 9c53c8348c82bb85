using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Goldens;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>
/// Every layer, loss, optimizer and schedule against PyTorch itself: tests/Goldens/pytorch/make-references.py trained the same
/// models on the same numbers and wrote down losses and weights.
/// </summary>
public sealed class PyTorchReferenceTests
{
    private const int SampleCount = 16;

    private const string Exact = "references.json";
    private const string Rounded = "bfloat16.json";

    public static TheoryData<string> Names() => [.. References(Exact).Select(reference => Text(reference, "name"))];

    public static TheoryData<string> RoundedNames() => [.. References(Rounded).Select(reference => Text(reference, "name"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_and_weights_are_PyTorchs(string name) =>
        Compare(Exact, name, "float64", new Tolerance(Loss: 1e-9, Weight: 1e-7));

    /// <summary>
    /// By make-bfloat16-references.py. A rounding of a number near 1 is 1/256, and other kernels round elsewhere: PyTorch itself is
    /// up to 0.0063 from its own float64 here, by a batch norm over six samples.
    /// </summary>
    [Theory]
    [MemberData(nameof(RoundedNames))]
    public void Losses_and_weights_in_bfloat16_are_near_PyTorchs(string name) =>
        Compare(Rounded, name, "bfloat16", new Tolerance(Loss: 0.01, Weight: 0.005));

    private static void Compare(string file, string name, string precision, Tolerance tolerance)
    {
        NativeLibraries.Load();
        var reference = References(file).Single(element => Text(element, "name") == name);
        var plan = Specs.Plan(
            Text(reference, "data"),
            Text(reference, "model"),
            $"{Text(reference, "train")}; batch 6; steps 10; shuffle false; precision {precision}",
            degree: 1,
            SampleCount);
        var folder = Directory.CreateTempSubdirectory("pardsl-reference");
        try
        {
            var weights = Path.Combine(folder.FullName, "first.safetensors");
            WriteFirstWeights(weights, plan.Program.Model);
            Compare(reference, plan, weights, tolerance);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Compare(JsonElement reference, ExecutionPlan plan, string weights, Tolerance tolerance)
    {
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory with { InitialWeights = weights }, Data(plan.Program));
        var losses = Numbers(reference.GetProperty("losses"));
        Assert.All(losses.Zip(Specs.Losses(session, losses.Length)), pair => Assert.Equal(pair.First, pair.Second, tolerance.Loss));
        foreach (var (name, values) in Specs.Weights(session))
        {
            Assert.All(Numbers(reference.GetProperty("weights").GetProperty(name)).Zip(values), pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) < tolerance.Weight, $"{name}: {pair.First} in PyTorch, {pair.Second} here"));
        }
    }

    private static void WriteFirstWeights(string path, CheckedModel model)
    {
        using var scope = NewDisposeScope();
        var tensors = model.Layers.SelectMany(layer => layer.Buffers).ToDictionary(
            buffer => buffer.Name,
            buffer => full([.. buffer.Shape.Sizes], buffer.InitialValue, buffer.IsInteger ? ScalarType.Int64 : ScalarType.Float64));
        var parameters = model.Layers.SelectMany(layer => layer.Parameters).OrderBy(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var (parameter, place) in parameters.Select((parameter, place) => (parameter, place)))
        {
            var count = checked((int)parameter.Shape.ElementCount);
            var numbers = Enumerable.Range(0, count).Select(k => 0.3 * Math.Sin((1.7 * k) + place)).ToArray();
            tensors[parameter.Name] = tensor(numbers).view([.. parameter.Shape.Sizes]);
        }

        SafetensorsFile.Write(path, tensors, ImmutableSortedDictionary<string, string>.Empty);
    }

    private static LoadedDataset Data(CheckedProgram program)
    {
        if (program.Data.InputKind is ValueKind.Tokens)
            return TokenRun.Data(program.Data, SampleCount);
        var width = checked((int)program.Data.Input.ElementCount);
        var inputs = Enumerable.Range(0, SampleCount * width).Select(index => Math.Sin((0.37 * index) + 0.1)).ToArray();
        var table = new SampleTable(new DoubleMatrix(inputs, SampleCount, width), Targets(program.Data.Target));
        var format = new SampleFormat(program.Data.Input, 1, 0, program.Data.Target);
        return new LoadedDataset(new DatasetPart(table, [.. Enumerable.Range(0, SampleCount)], format), null, null);
    }

    private static SampleTargets Targets(CheckedTarget target)
    {
        if (target is CheckedTarget.Class classes)
            return new SampleTargets.Classes([.. Enumerable.Range(0, SampleCount).Select(index => ((7L * index) + 3) % classes.Count)]);
        var width = checked((int)((CheckedTarget.Values)target).Shape.ElementCount);
        var numbers = Enumerable.Range(0, SampleCount * width).Select(index => 0.5 + (0.5 * Math.Cos(0.21 * index))).ToArray();
        return new SampleTargets.Values(new DoubleMatrix(numbers, SampleCount, width));
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];

    private static string Text(JsonElement reference, string property) => reference.GetProperty(property).GetString()!;

    private static ImmutableArray<JsonElement> References(string name)
    {
        var path = Path.Combine(Golden.Root, "tests", "Goldens", "pytorch", name);
        return [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray()];
    }

    /// <summary>By how much a loss and a weight may differ.</summary>
    private sealed record Tolerance(double Loss, double Weight);
}
