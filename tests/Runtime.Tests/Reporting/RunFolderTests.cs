using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Runtime.Reporting;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Reporting;

public sealed class RunFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    private static readonly ImmutableSortedDictionary<string, double> Half = ImmutableSortedDictionary<string, double>.Empty.Add("accuracy", 0.5);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_runs_of_one_second_have_a_folder_each()
    {
        var name = $"test-{Guid.NewGuid():N}";
        using var first = RunFolder.Create(name, Now, null);
        using var second = RunFolder.Create(name, Now, null);
        Assert.Equal($"runs/{name}/2026-05-04_03-02-01", first.Path);
        Assert.Equal($"runs/{name}/2026-05-04_03-02-01-2", second.Path);
        second.Discard();
        first.Discard();
        Assert.False(Directory.Exists($"runs/{name}"));
    }

    [Fact]
    public void The_given_folder_is_made_and_holds_what_a_run_writes()
    {
        using (var run = RunFolder.Create("digits", Now, folder["a/b"]))
        {
            run.WriteTexts("plan\n", "spec\n");
            run.Observe();
        }

        var files = Directory.GetFiles(folder["a/b"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["digits.pd", "metrics.jsonl", "plan.txt"], files.Where(file => !file!.StartsWith("events", StringComparison.Ordinal)));
        Assert.Equal(4, files.Count);
        Assert.Equal("spec\n", File.ReadAllText(folder["a/b/digits.pd"]));
        Assert.Equal("plan\n", File.ReadAllText(folder["a/b/plan.txt"]));
    }

    [Fact]
    public void An_empty_folder_is_taken_and_a_full_one_refused()
    {
        Directory.CreateDirectory(folder["out"]);
        RunFolder.Create("x", Now, folder["out"]).Dispose();
        Assert.Equal("PD5221", CodeOf(() => RunFolder.Create("x", Now, folder["out"])));
    }

    [Fact]
    public void A_file_in_the_way_is_named()
    {
        File.WriteAllText(folder["file"], "");
        Assert.Equal("PD5222", CodeOf(() => RunFolder.Create("x", Now, folder["file"])));
        var failure = Assert.Throws<RunFailedException>(() => RunFolder.Create("x", Now, folder["file/below"]));
        Assert.Contains($"`{folder["file"]}` is a file", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_the_system_refuses_is_an_error_before_training() =>
        Assert.Equal("PD5220", CodeOf(() => RunFolder.Create("x", Now, "/proc/pardsl/run")));

    [Fact]
    public void Discarding_leaves_folders_that_were_there_before()
    {
        Directory.CreateDirectory(folder["kept"]);
        var run = RunFolder.Create("x", Now, folder["kept/made/deep"]);
        run.WriteTexts("", "");
        run.Observe();
        run.Discard();
        Assert.Empty(Directory.GetFileSystemEntries(folder["kept"]));
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        if (!File.Exists("/dev/full"))
            Assert.Skip("/dev/full is not there");
        using var stream = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        var trouble = Assert.ThrowsAny<IOException>(() => stream.Write([1]));
        Assert.Equal("the disk is full", ParDsl.Runtime.Checkpoints.FileTrouble.Words(trouble));
    }

    [Fact]
    public void Each_step_of_a_small_run_is_a_line_and_the_last_of_an_epoch_has_its_results()
    {
        var lines = Run(totalSteps: 3, observer =>
        {
            observer.StepDone(Step(1));
            observer.StepDone(Step(2));
            observer.EpochDone(new EpochReport(1, 2, 1, 10, Half.Add("loss", 2), Half.Add("loss", 3)));
            observer.StepDone(Step(3) with { Loss = double.NaN });
        });
        Assert.Equal(
            """
            {"step":1,"epoch":1,"loss":1,"learning_rate":0.001,"samples_per_second":100,"accuracy":0.5}
            {"step":2,"epoch":1,"loss":0.5,"learning_rate":0.001,"samples_per_second":100,"accuracy":0.5,"train":{"accuracy":0.5,"loss":2},"validation":{"accuracy":0.5,"loss":3}}
            {"step":3,"epoch":1,"loss":null,"learning_rate":0.001,"samples_per_second":100,"accuracy":0.5}

            """,
            lines);
    }

    [Fact]
    public void A_long_run_logs_each_tenth_step_and_the_ends()
    {
        var lines = Run(totalSteps: 2000, observer =>
        {
            for (var step = 1; step <= 43; step++)
            {
                observer.StepDone(Step(step));
                if (step == 35)
                    observer.EpochDone(new EpochReport(1, 35, 1, 10, Half, Half));
            }
        });
        var steps = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt64());
        Assert.Equal([1, 10, 20, 30, 35, 40, 43], steps);
    }

    [Fact]
    public void TensorBoard_gets_the_same_steps()
    {
        Run(totalSteps: 2, observer =>
        {
            observer.StepDone(Step(1));
            observer.StepDone(Step(2));
            observer.EpochDone(new EpochReport(1, 2, 1, 10, Half, Half));
        });
        var events = TensorBoardReader.Read(Directory.GetFiles(folder["run"], "*tfevents*").Single());
        Assert.Equal([0, 1, 2, 2], events.Select(item => item.Step));
        Assert.Equal(["step/accuracy", "step/learning_rate", "step/loss", "step/samples_per_second"], events[1].Scalars.Keys);
        Assert.Equal(["train/accuracy", "validation/accuracy"], events[3].Scalars.Keys);
    }

    [Fact]
    public void Several_observers_hear_everything_in_their_order()
    {
        var heard = new List<string>();
        var group = new ObserverGroup([new Listener("a", heard), new Listener("b", heard)]);
        group.Started(new RunStart(null!, 1, 0, 0, 1, 1, null));
        group.StepDone(Step(1));
        group.EpochDone(new EpochReport(1, 1, 1, 10, Half, Half));
        group.Finished(null!);
        Assert.Equal(["a started", "b started", "a step", "b step", "a epoch", "b epoch", "a finished", "b finished"], heard);
    }

    private sealed class Listener(string name, List<string> heard) : ITrainingObserver
    {
        public void Started(RunStart start) => heard.Add($"{name} started");

        public void StepDone(StepReport step) => heard.Add($"{name} step");

        public void EpochDone(EpochReport epoch) => heard.Add($"{name} epoch");

        public void Finished(TrainingReport report) => heard.Add($"{name} finished");
    }

    private string Run(long totalSteps, Action<RunFolderObserver> act)
    {
        using var run = RunFolder.Create("x", Now, folder["run"]);
        var observer = run.Observe();
        observer.Started(new RunStart(null!, 100, 0, 0, 10, totalSteps, run.Path));
        act(observer);
        observer.Finished(null!);
        return File.ReadAllText(folder["run/metrics.jsonl"]);
    }

    private static StepReport Step(long step) => new(step, 1, 1.0 / step, 0.001, 100, Half);

    private static string CodeOf(Func<RunFolder> create) => Assert.Throws<RunFailedException>(() => create().Dispose()).Diagnostic.Code;
}
