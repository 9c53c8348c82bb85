using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Timelines;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Timelines;

public sealed class UpdateTimelineTests
{
    private const int SampleCount = 32;

    private static readonly ExecutionPlan Plan = Specs.Plan(
        "input [4]; target class 3",
        "linear 8; relu; linear 3",
        "loss cross_entropy; optimizer sgd lr=0.1; batch 16; epochs 30",
        "pipeline 2 microbatches=4",
        SampleCount);

    [Fact]
    public void The_first_updates_are_noted_whole_and_the_rest_are_not()
    {
        var timeline = Train(UpdateTimeline.LastUpdate + 5);
        Assert.InRange(timeline.Median!.Value, 10, UpdateTimeline.LastUpdate);
        for (var update = 2; update <= UpdateTimeline.LastUpdate; update++)
        {
            foreach (var (rank, noted) in Plan.Ranks.Zip(timeline.Of(update)))
                Assert.Equal((IEnumerable<PlanAction>)rank.Update, noted.Select(timed => timed.Action));
        }

        Assert.All(timeline.Of(1).Concat(timeline.Of(UpdateTimeline.LastUpdate + 1)), noted => Assert.Empty(noted));
    }

    [Fact]
    public void A_short_run_has_its_median_update_too() => Assert.InRange(Train(3).Median!.Value, 2, 3);

    [Fact]
    public void One_update_is_none_to_show() => Assert.Null(Train(1).Median);

    /// <summary>An evaluation has actions too, which belong to no update.</summary>
    [Fact]
    public void An_evaluation_between_two_updates_is_not_noted()
    {
        var timeline = new UpdateTimeline(Plan.Ranks.Length);
        using var session = SessionBuilder.Build(Plan, (RunOptions.InMemory with { MaximumSteps = 8 }).With(timeline), Specs.Data(Plan.Program, SampleCount));
        session.Run(new RecordingObserver(), CancellationToken.None);
        for (var update = 2; update <= 8; update++)
            Assert.Equal(Plan.Ranks.Select(rank => rank.Update.Length), timeline.Of(update).Select(noted => noted.Length));
    }

    private static UpdateTimeline Train(int updates)
    {
        var timeline = new UpdateTimeline(Plan.Ranks.Length);
        using var session = SessionBuilder.Build(Plan, RunOptions.InMemory.With(timeline), Specs.Data(Plan.Program, SampleCount));
        session.Step(updates);
        return timeline;
    }
}
