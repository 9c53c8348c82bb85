using System.Globalization;
using ParDsl.Benchmarks.Rates;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Calibration.Measuring;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Training;

namespace ParDsl.Accuracy;

/// <summary>
/// The process in which is looked for the most that is allocated. It is another than the one that is timed, since .NET must
/// not compile in the background meanwhile: its compiler takes some 7 MiB, whatever is trained.
/// </summary>
internal static class WatchingProcess
{
    /// <summary>The first argument; the specs that warm up and are measured, and the layout, follow.</summary>
    public const string Argument = "watch";

    private const double WatchedSeconds = 0.5;
    private const int FirstUpdates = 7;

    /// <summary>Over some epochs' ends and collections, so that no method is compiled later.</summary>
    private const int WarmingUpdates = 1000;

    /// <summary>Writes the bytes.</summary>
    public static void Run(string warming, string path, string layout, TextWriter output)
    {
        NativeLibraries.Load();
        var plan = MeasuringProcess.Planned(path, layout);
        var data = DatasetReader.Read(plan.Program.Data, plan.Program.Training);
        using (var first = SessionBuilder.Build(MeasuringProcess.Planned(warming, "data=2"), RunOptions.InMemory))
            first.Step(WarmingUpdates);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = AllocatedMemory.Now();
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory, data);
        // The first updates make what stays: gradients, optimizer states, panels of products.
        session.Step(FirstUpdates);
        var count = Math.Max(1, (int)(WatchedSeconds / Math.Max(1e-6, Timing.Seconds(() => session.Step(1)))));
        session.Step(count);
        var allocated = AllocatedMemory.Peak(() => session.Step(count));
        output.WriteLine(Math.Max(0, allocated - before).ToString(CultureInfo.InvariantCulture));
    }
}
