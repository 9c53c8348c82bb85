using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// Actions that are done several times in a row, each time with the next micro-batch; a single action where
/// <see cref="Times"/> is 1.
/// </summary>
/// <param name="Body">The actions of the first time.</param>
internal sealed record ActionLoop(ImmutableArray<PlanAction> Body, int Times)
{
    /// <summary>The micro-batch that the first time is about, which the other times count on from.</summary>
    public int First => Body.Select(action => action.MicroBatchOf()).FirstOrDefault(batch => batch is not null) ?? 0;

    /// <summary>
    /// A list of actions as loops, from its start: at each place the loop that covers most of what follows, and of equal
    /// ones the shortest body.
    /// </summary>
    /// <param name="words">What an action does, without its micro-batch.</param>
    public static IEnumerable<ActionLoop> Fold(ImmutableArray<PlanAction> actions, Func<PlanAction, string> words)
    {
        (string Words, int? MicroBatch)[] keys = [.. actions.Select(action => (words(action), action.MicroBatchOf()))];
        for (var place = 0; place < actions.Length;)
        {
            var (length, times) = Longest(keys.AsSpan(place));
            yield return new ActionLoop(actions.Slice(place, length), times);
            place += length * times;
        }
    }

    private static (int Length, int Times) Longest(ReadOnlySpan<(string Words, int? MicroBatch)> keys)
    {
        var (length, times) = (1, 1);
        for (var candidate = 1; candidate <= keys.Length / 2; candidate++)
        {
            var repeats = Repeats(keys, candidate);
            if (repeats > 1 && candidate * repeats > length * times)
                (length, times) = (candidate, repeats);
        }

        return (length, times);
    }

    /// <summary>How often the first actions, so many, stand in a row; those without any micro-batch are no loop.</summary>
    private static int Repeats(ReadOnlySpan<(string Words, int? MicroBatch)> keys, int length)
    {
        var hasMicroBatch = false;
        var place = length;
        for (; place < keys.Length && IsNext(keys[place - length], keys[place]); place++)
            hasMicroBatch |= keys[place].MicroBatch is not null;
        return hasMicroBatch ? place / length : 1;
    }

    private static bool IsNext((string Words, int? MicroBatch) before, (string Words, int? MicroBatch) after) =>
        before.Words == after.Words && before.MicroBatch + 1 == after.MicroBatch
        || before.Words == after.Words && before.MicroBatch is null && after.MicroBatch is null;
}
