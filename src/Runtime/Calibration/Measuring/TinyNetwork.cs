using System.Diagnostics;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Parsing;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Training;
using ParDsl.Source;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// A network of tiny linear layers with activations, trained as any spec is, a replica on each rank: its work is next to
/// nothing, so its time is what the engine, libtorch's calls and autograd's nodes take beside work.
/// </summary>
internal sealed class TinyNetwork : IDisposable
{
    /// <summary>
    /// The calls of a linear layer and its activation, as the compiler's layers count them: forward one each; backward five, the
    /// products for input and weight, the sum for the bias, and what adds the last two to what is there, and one.
    /// </summary>
    public const int CallsOfLayer = 1 + 1 + 5 + 1;

    private const int Width = 8;

    private readonly TrainingSession session;

    /// <param name="machine">As the run would have it.</param>
    /// <param name="replicas">The ranks.</param>
    public TinyNetwork(HardwareDescription machine, int replicas, int layers)
    {
        var program = Parser.parse(new SourceFile("tiny.pd", Spec(replicas, layers))).Program;
        var data = DatasetProbe.Describe(DataBinder.Bind(program).Value!).Value!;
        var plan = Planner.Plan(Checker.Check(program, data).Value!, machine, DeviceRequest.Unstated).Value!;
        session = SessionBuilder.Build(plan, RunOptions.InMemory, LocalEngine.Of(plan));
    }

    /// <summary>How long an update takes, the mean over so many.</summary>
    public double Update(int count)
    {
        var start = Stopwatch.GetTimestamp();
        session.Step(count);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }

    public void Dispose() => session.Dispose();

    private static string Spec(int replicas, int layers) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $$"""
        data { source synthetic {{4 * Width * replicas}} seed=1; input [{{Width}}]; target [{{Width}}] }
        model { repeat {{layers}} { linear {{Width}}; relu } }
        train { loss mse; optimizer sgd lr=1e-6; batch {{Width * replicas}}; epochs 1 }
        parallel { data {{replicas}} }
        """);
}
