using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using Xunit;
using static ParDsl.Compiler.Planning.Schedules.ScheduleWork;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>How many micro-batches' activations a rank holds at once, each chunk's for itself.</summary>
public sealed class ScheduleMemoryTests
{
    [Fact]
    public void Gpipe_holds_all_micro_batches() => Assert.All(
        ScheduleCase.Of(ScheduleKind.Gpipe),
        size => Assert.All(size.Ranks, steps => Assert.Equal(size.MicroBatches, Most(steps, Backward))));

    [Fact]
    public void A_rank_of_1f1b_holds_as_many_as_there_are_stages_from_it_to_the_last() => Assert.All(
        ScheduleCase.Of(ScheduleKind.OneForwardOneBackward),
        size => Assert.Equal(Least(size, rank => size.Stages - rank), size.Ranks.Select(steps => Most(steps, Backward))));

    [Fact]
    public void Zero_bubble_runs_no_further_ahead_than_1f1b() => Assert.All(
        ScheduleCase.Of(ScheduleKind.ZeroBubble),
        size => Assert.Equal(Least(size, rank => size.Stages - rank), size.Ranks.Select(steps => Most(steps, InputGradient))));

    /// <summary>What a weight's gradient needs stays until it is computed: on every rank as much as on 1f1b's first.</summary>
    [Fact]
    public void No_rank_of_zero_bubble_holds_more_than_the_first_rank_of_1f1b() => Assert.All(
        ScheduleCase.Of(ScheduleKind.ZeroBubble),
        size => Assert.Equal(Least(size, _ => size.Stages), size.Ranks.Select(steps => Most(steps, WeightGradient))));

    [Fact]
    public void A_rank_of_interleaved_holds_a_round_for_each_chunk_but_the_last_and_two_for_each_rank_behind_it() => Assert.All(
        ScheduleCase.Of(ScheduleKind.Interleaved),
        size => Assert.Equal(
            Enumerable.Range(0, size.Stages).Select(rank => Math.Min(
                (size.Stages * (size.Chunks - 1)) + 1 + (2 * (size.Stages - 1 - rank)),
                size.MicroBatches * size.Chunks)),
            size.Ranks.Select(steps => Most(steps, Backward))));

    private static IEnumerable<int> Least(ScheduleCase size, Func<int, int> held) =>
        Enumerable.Range(0, size.Stages).Select(rank => Math.Min(held(rank), size.MicroBatches));

    /// <summary>The most forward passes whose activations wait for the work that frees them.</summary>
    private static int Most(ImmutableArray<ScheduleStep> steps, ScheduleWork freeing)
    {
        var (held, most) = (0, 0);
        foreach (var step in steps)
        {
            held += step.Work == Forward ? 1 : step.Work == freeing ? -1 : 0;
            most = Math.Max(most, held);
        }

        Assert.Equal(0, held);
        return most;
    }
}
