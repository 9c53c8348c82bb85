using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

public sealed class SessionTests
{
    private const string Data = "input [6]; target [2]";
    private const string Model = "linear 16; tanh; linear 2";
    private const string Train = "loss mse; optimizer adamw lr=1e-2; batch 8; epochs 3; metric mean_absolute_error";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_run_reports_every_step_and_epoch_and_learns(int degree)
    {
        var observer = new RecordingObserver();
        using var session = Specs.Session(Specs.Plan(Data, Model, Train, degree, 30), 30, 10);
        var report = session.Run(observer, TestContext.Current.CancellationToken);
        Assert.Equal(12, observer.Start!.TotalSteps);
        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), observer.Steps.Select(step => step.Step));
        Assert.Equal([1L, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], observer.Steps.Select(step => step.Epoch));
        Assert.Equal([4L, 8, 12], observer.Epochs.Select(epoch => epoch.Step));
        Assert.Equal(["loss", "mean_absolute_error"], report.Validation.Keys);
        Assert.True(report.EpochReports[^1].Train["loss"] < report.EpochReports[0].Train["loss"]);
        Assert.Same(report, observer.Report);
        Assert.False(report.WasInterrupted);
        Assert.Equal(observer.Steps[^1].Loss, session.Loss);
    }

    [Fact]
    public void An_epochs_loss_is_the_mean_over_its_samples()
    {
        var observer = new RecordingObserver();
        using var session = Specs.Session(Specs.Plan(Data, Model, Train, 1, 30), 30);
        session.Run(observer, TestContext.Current.CancellationToken);
        int[] counts = [8, 8, 8, 6];
        var mean = observer.Steps.Take(4).Zip(counts, (step, count) => step.Loss * count).Sum() / 30;
        Assert.Equal(mean, observer.Epochs[0].Train["loss"], 12);
    }

    [Fact]
    public void Maximum_steps_end_a_run_within_an_epoch()
    {
        var plan = Specs.Plan(Data, Model, Train, 1, 30);
        var observer = new RecordingObserver();
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory with { MaximumSteps = 6 }, Specs.Data(plan.Program, 30, 10));
        var report = session.Run(observer, TestContext.Current.CancellationToken);
        Assert.Equal(6, report.Steps);
        Assert.Equal([4L, 6], observer.Epochs.Select(epoch => epoch.Step));
        Assert.NotEmpty(report.Validation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancellation_stops_all_ranks_after_the_same_step(int degree)
    {
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver { OnStep = step => { if (step.Step == 5) cancellation.Cancel(); } };
        using var session = Specs.Session(Specs.Plan(Data, Model, Train, degree, 30), 30);
        var report = session.Run(observer, cancellation.Token);
        Assert.True(report.WasInterrupted);
        Assert.Equal(6, report.Steps);
        Assert.Equal(6, session.CompletedSteps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_loss_that_is_no_number_stops_the_run_with_the_step_and_the_rate(int degree)
    {
        var train = "loss mse; optimizer sgd lr=1e30; batch 8; epochs 3";
        using var session = Specs.Session(Specs.Plan(Data, Model, train, degree, 30), 30);
        var failure = Assert.Throws<RunFailedException>(() => session.Run(new RecordingObserver(), CancellationToken.None));
        Assert.Equal("PD5102", failure.Diagnostic.Code);
        Assert.Contains("step 2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1E+30", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("; training stopped", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("every=1 steps", "; training stopped, and the last checkpoint, step-1, stays as it was")]
    [InlineData("every=2 steps", "; training stopped before the first checkpoint")]
    public void A_run_that_keeps_checkpoints_says_which_is_left(string checkpoints, string end)
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var train = $"loss mse; optimizer sgd lr=1e30; batch 8; epochs 3; checkpoint {checkpoints}";
        var plan = Specs.Plan(Data, Model, train, 1, 30);
        try
        {
            using var session = SessionBuilder.Build(plan, RunOptions.InMemory with { Directory = folder, KeepsCheckpoints = true }, Specs.Data(plan.Program, 30));
            var failure = Assert.Throws<RunFailedException>(() => session.Run(new RecordingObserver(), CancellationToken.None));
            Assert.EndsWith(end, failure.Message, StringComparison.Ordinal);
            Assert.Equal(end.Contains("step-1", StringComparison.Ordinal), Directory.Exists(folder));
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_evaluation_that_is_no_number_stops_the_run_and_is_not_kept(int degree)
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var plan = Specs.Plan(Data, Model, "loss mse; optimizer sgd lr=1e30; batch 30; epochs 1", degree, 30);
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory with { Directory = folder }, Specs.Data(plan.Program, 30, 10));
        var observer = new RecordingObserver();
        var failure = Assert.Throws<RunFailedException>(() => session.Run(observer, CancellationToken.None));
        Assert.Equal("PD5102", failure.Diagnostic.Code);
        Assert.Contains("in the evaluation after step 1, at a learning rate of 1E+30", failure.Message, StringComparison.Ordinal);
        Assert.Empty(observer.Epochs);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weights_that_the_last_update_spoiled_are_not_kept(int degree)
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var plan = Specs.Plan(Data, Model, "loss mse; optimizer sgd lr=1e45; batch 30; epochs 1", degree, 30);
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory with { Directory = folder }, Specs.Data(plan.Program, 30));
        var failure = Assert.Throws<RunFailedException>(() => session.Run(new RecordingObserver(), CancellationToken.None));
        Assert.Equal("PD5102", failure.Diagnostic.Code);
        Assert.Contains("a weight became infinite or not a number in step 1", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_rank_that_fails_ends_all_with_one_message_that_names_it(int degree)
    {
        var observer = new RecordingObserver { OnStep = step => { if (step.Step == 3) throw new InvalidOperationException("broken"); } };
        using var session = Specs.Session(Specs.Plan(Data, Model, Train, degree, 30), 30);
        var failure = Assert.Throws<RunFailedException>(() => session.Run(observer, CancellationToken.None));
        Assert.Equal("PD5101", failure.Diagnostic.Code);
        Assert.Contains("rank 0", failure.Message, StringComparison.Ordinal);
        Assert.Contains("broken", failure.Message, StringComparison.Ordinal);
        Assert.Throws<RunFailedException>(() => session.Step(1));
    }

    [Fact]
    public void Going_on_step_by_step_is_the_same_as_running()
    {
        var plan = Specs.Plan(Data, Model, Train, 2, 30);
        using var whole = Specs.Session(plan, 30);
        whole.Run(new RecordingObserver(), TestContext.Current.CancellationToken);
        using var stepwise = Specs.Session(plan, 30);
        stepwise.Step(5);
        stepwise.Step(7);
        Assert.Equal(whole.Loss, stepwise.Loss);
    }

    [Fact]
    public void A_batch_norm_over_single_samples_is_refused_before_the_start()
    {
        var plan = Specs.Plan(Data, "linear 4; batch_norm; linear 2", Train, 1, 33);
        var failure = Assert.Throws<RunFailedException>(() => Specs.Session(plan, 33));
        Assert.Equal("PD5103", failure.Diagnostic.Code);
    }

    /// <summary>Of 33 samples in batches of 8, the fifth update has a single one.</summary>
    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(5, 0, false)]
    [InlineData(12, 4, true)]
    [InlineData(12, 5, false)]
    public void A_single_sample_that_the_run_never_comes_to_is_no_mistake(int steps, long limit, bool isSound)
    {
        var plan = BatchNormPlan(steps);
        var options = RunOptions.InMemory with { MaximumSteps = limit };
        TrainingReport Run()
        {
            using var session = SessionBuilder.Build(plan, options, Specs.Data(plan.Program, 33));
            return session.Run(new RecordingObserver(), TestContext.Current.CancellationToken);
        }

        if (isSound)
            Assert.Equal(4, Run().Steps);
        else
            Assert.Equal("PD5103", Assert.Throws<RunFailedException>(Run).Diagnostic.Code);
    }

    [Fact]
    public void Single_steps_come_up_to_a_single_sample_and_are_refused_there()
    {
        using var session = Specs.Session(BatchNormPlan(4), 33);
        session.Step(4);
        var loss = session.Loss;
        var failure = Assert.Throws<RunFailedException>(() => session.Step(1));
        Assert.Equal("PD5103", failure.Diagnostic.Code);
        Assert.Equal((4, loss), (session.CompletedSteps, session.Loss));
    }

    private static ExecutionPlan BatchNormPlan(int steps) => Specs.Plan(
        Data, "linear 4; batch_norm; linear 2", $"loss mse; optimizer sgd lr=0.01; batch 8; steps {steps}", 1, 33);
}
