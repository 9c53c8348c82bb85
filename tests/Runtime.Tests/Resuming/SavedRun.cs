using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>A run over made-up data that writes its checkpoints to a folder, from the start or from another run's state.</summary>
internal static class SavedRun
{
    public const int SampleCount = 52; // 4 updates an epoch, the last of 4 samples
    public const int ValidationCount = 12;

    /// <summary>Runs to the end and gives the observer that watched.</summary>
    public static RecordingObserver Run(
        ExecutionPlan plan, string folder, ResumePoint? point = null, long maximumSteps = 0, Action<StepReport>? onStep = null, CancellationTokenSource? stop = null)
    {
        var observer = new RecordingObserver { OnStep = onStep ?? (_ => { }) };
        var options = new RunOptions(folder, maximumSteps, null) { Resume = point, InitialLossScale = Math.Pow(2, 32), Spec = "model { }\n" };
        using var session = SessionBuilder.Build(plan, options, Specs.Data(plan.Program, SampleCount, ValidationCount));
        session.Run(observer, stop?.Token ?? CancellationToken.None);
        return observer;
    }

    public static ResumePoint At(string folder, long step) =>
        ResumeSearch.At(CheckpointFolder.Of(folder, step), isNewFolder: true);

    public static ImmutableArray<long> Steps(string folder) => [.. CheckpointFolder.List(folder).Select(entry => entry.Step)];

    /// <summary>All bytes of a checkpoint, by its files' names.</summary>
    public static SortedDictionary<string, string> Bytes(string folder, long step) => new(
        Directory.GetFiles(CheckpointFolder.Of(folder, step)).ToDictionary(
            path => Path.GetFileName(path), path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);
}
