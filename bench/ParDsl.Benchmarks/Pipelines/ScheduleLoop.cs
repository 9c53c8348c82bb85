using ParDsl.Runtime.Timelines;
using ParDsl.Runtime.Training;

namespace ParDsl.Benchmarks.Pipelines;

/// <summary>Specs/pipeline.pd under one schedule, on two ranks with a thread each.</summary>
internal sealed class ScheduleLoop : IDisposable
{
    public const int StageCount = 2;
    public const int MicroBatchCount = 8;

    private readonly ActionTimeline timeline = new(StageCount);
    private readonly SpecLoop loop;

    public ScheduleLoop(string schedule) => loop = SpecLoop.Open(
        "pipeline.pd",
        cores: StageCount,
        devices: StageCount,
        RunOptions.InMemory.With(timeline),
        $"parallel.pipeline.microbatches={MicroBatchCount}",
        $"parallel.pipeline.schedule={schedule}");

    /// <summary>The ranks' idle share over so many updates, and samples a second.</summary>
    public (double IdleShare, double Rate) Measure(int updates)
    {
        var seconds = loop.Step(updates);
        return (Pipelines.IdleShare.Of(timeline.Take()), updates * loop.StepSize / seconds);
    }

    public void Dispose() => loop.Dispose();
}
