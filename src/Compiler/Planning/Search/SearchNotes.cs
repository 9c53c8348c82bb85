using System.Collections.Immutable;
using ParDsl.Compiler.Costs;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>What the user should know of a layout that a search has taken.</summary>
internal static class SearchNotes
{
    /// <summary>Why GPUs are left over.</summary>
    /// <param name="fitting">The fastest first.</param>
    public static IEnumerable<string> Idle(IReadOnlyList<LayoutTrialResult> fitting, DeviceOffer offer)
    {
        var (all, count) = (offer.Capacity, fitting[0].Option.Degrees.WorldSize);
        if (offer.IsVirtual || count == all)
            yield break;
        var filling = fitting.FirstOrDefault(trial => trial.Option.Degrees.WorldSize == all)?.Candidate;
        var stays = all - count == 1 ? "1 stays idle" : $"{all - count} stay idle";
        yield return filling is { StepSeconds: { } slower }
            ? $"{count} of {all} GPUs, and {stays}: an update takes {Time(fitting[0].Candidate)}, and {SecondsText.Of(slower)} in the fastest "
                + $"layout of all {all}, `{filling.Layout}`; `--gpus {all}` takes all"
            : $"{count} of {all} GPUs, and {stays}: no layout of all {all} shares this program and fits them";
    }

    private static string Time(LayoutCandidate candidate) => SecondsText.Of(candidate.StepSeconds ?? 0);
}
