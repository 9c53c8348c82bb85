using System.Collections.Immutable;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>A rate is that of training: of a run and of its epochs, by a clock that the test moves.</summary>
public sealed class RunJournalTests
{
    private static readonly MeasuredMeans Means = new(1, ImmutableSortedDictionary<string, double>.Empty);

    private readonly HandClock clock = new();
    private readonly RecordingObserver observer = new();

    [Fact]
    public void Neither_a_pause_for_a_checkpoint_nor_an_evaluation_is_training()
    {
        var journal = new RunJournal(observer, new RunLength(20, 10, 2, 4), 0, clock);
        Train(journal, 1, seconds: 1);
        Pause(journal, seconds: 100); // within an epoch
        Train(journal, 2, seconds: 1);
        clock.Move(50); // the evaluation
        journal.EpochDone(2, Means, null);
        Pause(journal, seconds: 100); // at an epoch's beginning
        Train(journal, 3, seconds: 2);
        Train(journal, 4, seconds: 2);
        journal.EpochDone(4, Means, null);

        Assert.Equal([10, 5], observer.Epochs.Select(epoch => epoch.SamplesPerSecond));
        Assert.Equal([152, 104], observer.Epochs.Select(epoch => epoch.Seconds)); // Their time is all that passed.
        var report = journal.Report(4, null, wasInterrupted: false);
        Assert.Equal((40 / 6.0, 256), (report.SamplesPerSecond, report.Seconds));
    }

    private void Train(RunJournal journal, long step, double seconds)
    {
        clock.Move(seconds);
        journal.StepDone(step, Means, 1e-3, 10);
    }

    private void Pause(RunJournal journal, double seconds)
    {
        clock.Move(seconds);
        journal.Resume();
    }

    private sealed class HandClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Move(double seconds) => ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
