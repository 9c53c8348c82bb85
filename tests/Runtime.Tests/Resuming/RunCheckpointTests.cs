using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>Which checkpoints a run writes, and which of them stay.</summary>
public sealed class RunCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Best => Path.Combine(folder.Path, "checkpoints", "best");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", new long[] { 10 })]
    [InlineData("checkpoint every=3 steps keep=9", new long[] { 10, 9, 6, 3 })]
    [InlineData("checkpoint every=3 steps", new long[] { 10, 9, 6 })]
    [InlineData("checkpoint every=1 steps keep=1", new long[] { 10 })]
    [InlineData("checkpoint every=1 epoch keep=9", new long[] { 10, 8, 4 })]
    [InlineData("checkpoint every=10 steps keep=9", new long[] { 10 })]
    [InlineData("checkpoint every=500 steps", new long[] { 10 })]
    [InlineData("checkpoint every=1 h", new long[] { 10 })]
    public void The_last_ones_stay(string checkpoint, long[] steps)
    {
        SavedRun.Run(Plan(checkpoint), folder.Path);
        Assert.Equal(steps, SavedRun.Steps(folder.Path));
        Assert.Equal(steps.Length, Directory.GetFileSystemEntries(Path.Combine(folder.Path, "checkpoints")).Length);
    }

    [Theory]
    [InlineData("data 1")]
    [InlineData("data 2; pipeline 2")]
    public void By_the_clock_one_is_written_after_each_update_that_is_late_enough(string layout)
    {
        // The second is over while each third update is looked at.
        SavedRun.Run(Plan("checkpoint every=1 s keep=9", layout), folder.Path, onStep: step =>
        {
            if (step.Step % 3 == 0)
                Thread.Sleep(1100);
        });
        Assert.Equal([10, 7, 4], SavedRun.Steps(folder.Path));
    }

    [Fact]
    public void The_best_one_stays_and_has_a_link()
    {
        // A learning rate that rises without end: the first epochs learn, the later ones unlearn.
        var plan = Plan("metric mean_absolute_error; checkpoint keep=1 best=mean_absolute_error", train: "optimizer sgd lr=0.3; schedule constant warmup=40 steps; steps 40");
        var observer = SavedRun.Run(plan, folder.Path);
        var best = observer.Epochs.MinBy(epoch => epoch.Validation["mean_absolute_error"])!;
        Assert.Equal($"step-{best.Step}", new FileInfo(Best).LinkTarget);
        Assert.Equal(new[] { 40, best.Step }.Distinct(), SavedRun.Steps(folder.Path));
        var state = CheckpointReader.Read(CheckpointFolder.Of(folder.Path, 40), out _)!.State.Best!;
        Assert.Equal((best.Step, best.Validation["mean_absolute_error"]), (state.Step, state.Value));
    }

    [Fact]
    public void A_run_that_goes_on_knows_the_best_one_before()
    {
        var train = "metric mean_absolute_error; checkpoint keep=1 every=1 epoch best=loss";
        SavedRun.Run(Plan(train), folder["first"]);
        var point = SavedRun.At(folder["first"], 10);
        var better = point.Checkpoint.State with { Best = new BestState("loss", -1, 4) };
        var known = point with { Checkpoint = new Checkpoint(point.Checkpoint.Path, better) };
        SavedRun.Run(Plan(train, train: "optimizer adamw lr=1e-2; steps 16"), folder["second"], known);
        Assert.False(Directory.Exists(Path.Combine(folder["second"], "checkpoints", "best")));
        Assert.Equal(better.Best, CheckpointReader.Read(CheckpointFolder.Of(folder["second"], 16), out _)!.State.Best);
    }

    [Fact]
    public void Going_on_in_the_same_folder_removes_a_damaged_one_and_takes_its_place()
    {
        SavedRun.Run(Plan("checkpoint every=4 steps"), folder.Path);
        File.Delete(Path.Combine(CheckpointFolder.Of(folder.Path, 10), "model.safetensors"));
        File.Delete(Path.Combine(CheckpointFolder.Of(folder.Path, 8), "model.safetensors"));
        var point = ResumeSearch.At(folder.Path, isNewFolder: false);
        Assert.Equal(4, point.Checkpoint.State.Step);
        SavedRun.Run(Plan("checkpoint every=3 steps"), folder.Path, point);
        Assert.Equal([10, 9, 6], SavedRun.Steps(folder.Path));
        Assert.All(CheckpointFolder.List(folder.Path), entry => Assert.NotNull(CheckpointReader.Read(entry.Path, out _)));
    }

    [Fact]
    public void An_interrupted_evaluation_is_made_up_for()
    {
        using var cancellation = new CancellationTokenSource();
        var plan = Plan("metric mean_absolute_error");
        var whole = SavedRun.Run(plan, folder["whole"]);
        var cut = SavedRun.Run(plan, folder["cut"], onStep: step => { if (step.Step == 4) cancellation.Cancel(); }, stop: cancellation);
        Assert.Empty(cut.Epochs);
        Assert.True(cut.Report!.WasInterrupted);
        var rest = SavedRun.Run(plan, folder["rest"], SavedRun.At(folder["cut"], 4));
        Assert.Equal(whole.Epochs.Select(epoch => epoch.Validation["loss"]), rest.Epochs.Select(epoch => epoch.Validation["loss"]));
        Assert.Equal(whole.Epochs.Select(epoch => epoch.Train["loss"]), rest.Epochs.Select(epoch => epoch.Train["loss"]));
    }

    [Theory]
    [InlineData("data 1")]
    [InlineData("data 2; pipeline 2")]
    public void An_epoch_whose_evaluation_was_interrupted_may_be_the_best_one(string layout)
    {
        // The first five epochs learn, the next ones unlearn.
        var plan = Plan("checkpoint keep=1 best=loss", layout, "optimizer adamw lr=1e-2; schedule step every=20 steps factor=100; steps 40");
        var best = SavedRun.Run(plan, folder["whole"]).Epochs.MinBy(epoch => epoch.Validation["loss"])!.Step;
        Assert.InRange(best, 4, 36);
        using var cancellation = new CancellationTokenSource();
        SavedRun.Run(plan, folder["cut"], onStep: step => { if (step.Step == best) cancellation.Cancel(); }, stop: cancellation);
        Assert.False(SavedRun.At(folder["cut"], best).Checkpoint.State.IsEvaluated);
        SavedRun.Run(plan, folder["cut"], ResumeSearch.At(folder["cut"], isNewFolder: false));
        Assert.Equal($"step-{best}", new FileInfo(Path.Combine(folder["cut"], "checkpoints", "best")).LinkTarget);
        Assert.Equal(SavedRun.Steps(folder["whole"]), SavedRun.Steps(folder["cut"]));
        Assert.Equal(SavedRun.Bytes(folder["whole"], best), SavedRun.Bytes(folder["cut"], best));
        Assert.Equal(SavedRun.Bytes(folder["whole"], 40), SavedRun.Bytes(folder["cut"], 40));
    }

    [Fact]
    public void A_run_that_has_ended_has_nothing_left()
    {
        SavedRun.Run(Plan(""), folder.Path);
        var again = SavedRun.Run(Plan(""), folder.Path, ResumeSearch.At(folder.Path, isNewFolder: false));
        Assert.True(again.Report!.HadEnded);
        Assert.Equal(10, again.Report.Steps);
        Assert.Empty(again.Steps);
        Assert.Empty(again.Epochs);
    }

    [Fact]
    public void A_longer_run_goes_on_where_the_shorter_one_ended()
    {
        SavedRun.Run(Plan(""), folder["short"]);
        var longer = Plan("", train: "optimizer adamw lr=1e-2; steps 16");
        var point = SavedRun.At(folder["short"], 10);
        Assert.True(point.Fits(longer));
        SavedRun.Run(longer, folder["rest"], point);
        SavedRun.Run(longer, folder["whole"]);
        Assert.Equal(SavedRun.Bytes(folder["whole"], 16), SavedRun.Bytes(folder["rest"], 16));
    }

    [Theory]
    [InlineData("optimizer adamw lr=2e-2; steps 10")]
    [InlineData("optimizer adam lr=1e-2; steps 10")]
    [InlineData("optimizer adamw lr=1e-2; steps 10; seed 1")]
    [InlineData("optimizer adamw lr=1e-2; steps 10; clip 1")]
    [InlineData("optimizer adamw lr=1e-2; steps 10; accumulate 2")]
    [InlineData("optimizer adamw lr=1e-2; steps 10; precision float64")]
    public void Another_learning_does_not_fit(string train)
    {
        SavedRun.Run(Plan(""), folder.Path);
        var point = SavedRun.At(folder.Path, 10);
        Assert.True(point.Fits(Plan("metric mean_absolute_error; checkpoint keep=1", "data 2; pipeline 2")));
        Assert.False(point.Fits(Plan("", train: train)));
    }

    [Fact]
    public void A_write_that_fails_stops_the_run_with_one_message()
    {
        var path = Path.Combine(folder.Path, "checkpoints");
        var failure = Assert.Throws<RunFailedException>(() => SavedRun.Run(Plan("checkpoint every=2 steps"), folder.Path, onStep: step =>
        {
            // The folder of the checkpoints is gone, and a file is in its way.
            if (step.Step != 3)
                return;
            while (SavedRun.Steps(folder.Path).Length == 0)
                Thread.Sleep(1);
            Directory.Move(path, path + "-before");
            File.WriteAllText(path, "");
        }));
        Assert.Equal("PD5220", failure.Diagnostic.Code);
        Assert.Contains("step-4", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the last whole one is", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(CheckpointReader.Read(Path.Combine(path + "-before", "step-2"), out _));
    }

    private static Compiler.Plans.ExecutionPlan Plan(
        string more, string layout = "data 1", string train = "optimizer adamw lr=1e-2; steps 10") => Specs.Plan(
        "input [6]; target [2]; validation 10%",
        "linear 16; tanh; linear 16; tanh; linear 2",
        $"loss mse; {train}; batch 16; {more}",
        layout,
        SavedRun.SampleCount);
}
