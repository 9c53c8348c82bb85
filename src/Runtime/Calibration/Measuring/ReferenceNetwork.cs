using System.Diagnostics;
using ParDsl.Compiler;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Parsing;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Calibration.Layers;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Timelines;
using ParDsl.Runtime.Training;
using ParDsl.Source;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>A network that is trained on random numbers as any spec is trained, to see how long its update takes.</summary>
internal sealed class ReferenceNetwork : IDisposable
{
    private const int LeastUpdates = 3;

    private readonly ExecutionPlan plan;
    private readonly TrainingSession session;
    private readonly ActionTimeline timeline;

    /// <param name="machine">As the run would have it.</param>
    /// <param name="spec">Text that plans and trains where there is memory for it.</param>
    /// <param name="isTimed">Whether its actions are.</param>
    /// <exception cref="RunFailedException">There is none.</exception>
    public ReferenceNetwork(HardwareDescription machine, string spec, bool isTimed = false)
    {
        var program = Parser.parse(new SourceFile("reference.pd", spec)).Program;
        var data = Expect(DatasetProbe.Describe(Expect(DataBinder.Bind(program))));
        plan = Expect(Planner.Plan(Expect(Checker.Check(program, data)), machine, DeviceRequest.Unstated));
        timeline = new ActionTimeline(plan.Ranks.Length);
        session = SessionBuilder.Build(
            plan, isTimed ? RunOptions.InMemory with { Probe = new SynchronizedTimeline(timeline) } : RunOptions.InMemory, LocalEngine.Of(plan));
    }

    /// <summary>
    /// Trains for so long, a few updates at least: .NET compiles meanwhile, and threads that waited for other work on these cores
    /// have gone to sleep.
    /// </summary>
    /// <returns>How long the quickest update took, in seconds.</returns>
    /// <exception cref="OperationCanceledException">The token said so.</exception>
    public double Warm(double seconds, CancellationToken cancellation)
    {
        var (start, least) = (Stopwatch.GetTimestamp(), double.PositiveInfinity);
        for (var updates = 0; updates < LeastUpdates || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; updates++)
        {
            cancellation.ThrowIfCancellationRequested();
            least = Math.Min(least, Update(1));
        }

        timeline.Take();
        return least;
    }

    /// <summary>How long an update takes, the mean over so many.</summary>
    public double Update(int count)
    {
        var start = Stopwatch.GetTimestamp();
        session.Step(count);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }

    /// <summary>How long an action of an update takes, the mean over so many and over ranks; of a network that is timed.</summary>
    public double Seconds<TAction>(int count)
        where TAction : PlanAction
    {
        session.Step(count);
        return timeline.Take().Average(rank => rank
            .Where(timed => timed.Action is TAction)
            .Sum(timed => (double)(timed.End - timed.Start) / Stopwatch.Frequency) / count);
    }

    /// <summary>How long an update would take with such figures.</summary>
    public double Predicted(HardwarePerformance performance) =>
        StepPredictor.Of(plan with { Hardware = plan.Hardware with { Performance = performance } })!.Seconds;

    public void Dispose() => session.Dispose();

    private static TResult Expect<TResult>(StageResult<TResult> result)
        where TResult : class => result.Value ?? throw new RunFailedException(result.Diagnostics[0]);
}
