using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// Splits a list of actions into the part at its start that goes through the micro-batches one after the other, each in the
/// same way, and what remains. A list that is not like that all remains.
/// </summary>
internal static class FoldedActions
{
    public static (ImmutableArray<PlanAction> Remaining, ImmutableArray<PlanAction> Repeated) Fold(
        ImmutableArray<PlanAction> actions)
    {
        ImmutableArray<PlanAction> repeated = [.. actions.TakeWhile(action => action.MicroBatchOf() is not null)];
        return IsPeriodic(repeated) ? (actions[repeated.Length..], repeated) : (actions, []);
    }

    /// <summary>How many actions the first micro-batch takes.</summary>
    public static int Period(ImmutableArray<PlanAction> repeated) =>
        repeated.TakeWhile(action => action.MicroBatchOf() == 0).Count();

    private static bool IsPeriodic(ImmutableArray<PlanAction> actions)
    {
        var period = Period(actions);
        if (period == 0 || actions.Length < 2 * period || actions.Length % period != 0)
            return false;
        var first = actions[..period].Select(Words).ToArray();
        return Enumerable.Range(0, actions.Length).All(place =>
            actions[place].MicroBatchOf() == place / period && Words(actions[place]) == first[place % period]);
    }

    private static string Words(PlanAction action) => ActionText.Of(action)
        .Replace($"micro-batch {action.MicroBatchOf()}", "micro-batch", StringComparison.Ordinal);
}
