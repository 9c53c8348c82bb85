using ParDsl.Runtime.Building;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Reporting;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Reporting;

public sealed class RunReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_leaves_a_page_with_its_curves_and_its_timeline()
    {
        var page = Report(updates: 12, null);
        Assert.Contains("Ended after 12 updates.", page, StringComparison.Ordinal);
        Assert.Contains("The median of ", page, StringComparison.Ordinal);
        Assert.Contains("Measured timeline", page, StringComparison.Ordinal);
        Assert.Contains("<strong>loss</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<strong>accuracy</strong>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_failed_says_why()
    {
        var failure = FileErrors.Fail("PD5102", "the loss is <none>", "");
        Assert.Contains("Failed after 3 updates: the loss is &lt;none&gt;.", Report(updates: 3, failure), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_update_there_is_nothing_to_show()
    {
        var plan = Specs.Plan("input [4]; target class 3", "linear 3", "loss cross_entropy; optimizer sgd lr=0.1; batch 4; epochs 1", 1, 8);
        using var run = RunFolder.Create("x", DateTimeOffset.UnixEpoch, folder["out"]);
        run.WriteReport(new RunReport(plan), FileErrors.Fail("PD5102", "at once", ""));
        Assert.False(File.Exists(folder["out/report.html"]));
    }

    [Fact]
    public void A_folder_that_is_gone_is_told()
    {
        var failure = Assert.Throws<RunFailedException>(() => Report(updates: 2, null, before: () => Directory.Delete(folder["out"], recursive: true)));
        Assert.Equal("PD5220", failure.Diagnostic.Code);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void What_is_allocated_is_watched_in_ten_updates(int updates, bool isMeasured)
    {
        Assert.SkipUnless(AllocatedMemory.IsCounted, "memory is not counted here");
        Assert.Equal(isMeasured, Report(updates, null).Contains("all ranks had allocated", StringComparison.Ordinal));
    }

    private string Report(int updates, RunFailedException? failure, Action? before = null)
    {
        var plan = Specs.Plan(
            "input [4]; target class 3", "linear 8; relu; linear 3", "loss cross_entropy; optimizer sgd lr=0.1; batch 16; epochs 10; metric accuracy", 2, 96);
        var report = new RunReport(plan);
        using var run = RunFolder.Create("x", DateTimeOffset.UnixEpoch, folder["out"]);
        var options = (RunOptions.InMemory with { MaximumSteps = updates }).With(report.Timeline);
        var data = Specs.Data(plan.Program, 96);
        report.RanksBegin();
        using (var session = SessionBuilder.Build(plan, options, data))
            session.Run(new ObserverGroup([run.Observe(), report]), CancellationToken.None);
        before?.Invoke();
        run.WriteReport(report, failure);
        return File.ReadAllText(folder["out/report.html"]);
    }
}
