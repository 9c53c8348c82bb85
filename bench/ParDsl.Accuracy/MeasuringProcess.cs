using System.Globalization;
using ParDsl.Benchmarks.Memory;
using ParDsl.Benchmarks.Rates;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Calibration.Measuring;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Hardware;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Training;

namespace ParDsl.Accuracy;

/// <summary>The process that trains one example in one layout: heaps keep traces of what was in them before.</summary>
internal static class MeasuringProcess
{
    /// <summary>The first argument; the specs that warm up and are measured, and the layout, follow.</summary>
    public const string Argument = "measure";

    /// <summary>An update whose rounds are shorter is timed several at once.</summary>
    private const double RoundSeconds = 0.1;

    private const double MeasuredSeconds = 2;
    private const double MostSeconds = 10;
    private const double DisturbingShare = 0.1;

    private const int LeastRounds = 7;

    /// <summary>Writes the seconds of an update in the quickest round, the bytes resident, and the updates that were timed.</summary>
    /// <param name="warming">A small spec: its session brings in what a process keeps, code and tables.</param>
    public static void Run(string warming, string path, string layout, TextWriter output)
    {
        NativeLibraries.Load();
        var plan = Planned(path, layout);
        var data = DatasetReader.Read(plan.Program.Data, plan.Program.Training);
        using (var first = SessionBuilder.Build(Planned(warming, "data=2"), RunOptions.InMemory))
            first.Step(LeastRounds);
        var before = ResidentMemory.Settled();
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory, data);
        // The first update makes what stays: gradients, optimizer states.
        session.Step(1);
        var count = Math.Max(1, (int)(RoundSeconds / Math.Max(1e-6, Timing.Seconds(() => session.Step(2)) / 2)));
        session.Step(count);
        ResidentMemory.Settled();
        var times = new List<double>();
        var peak = ResidentMemory.Peak(() => Time(session, count, times));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{times.Min():R} {Math.Max(0, peak - before)} {times.Count * count}"));
    }

    /// <summary>Rounds in which other programs had much of the cores are left out, as long as that leads anywhere.</summary>
    private static void Time(TrainingSession session, int count, List<double> times)
    {
        var (total, last) = (0.0, 0.0);
        for (var spent = 0.0; total < MeasuredSeconds || times.Count < LeastRounds; spent += last)
        {
            var load = new OtherLoad();
            last = Timing.Seconds(() => session.Step(count));
            if (load.Share() > DisturbingShare && spent < MostSeconds)
                continue;
            times.Add(last / count);
            total += last;
        }
    }

    public static ExecutionPlan Planned(string path, string layout) =>
        SpecPlan.Of(path, layout, HardwareProbe.Probe()).Value
        ?? throw new InvalidOperationException($"{path} does not fit {layout}");
}
