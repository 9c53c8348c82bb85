using System.Globalization;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>What a plan says of time: how long an update will take, and what other layouts would.</summary>
internal static class PredictionText
{
    /// <summary>"5.03 ms an update, 25400 samples/s, mostly computing (h100, by its data sheet)".</summary>
    public static string Of(ExecutionPlan plan, StepPrediction prediction)
    {
        var rate = plan.Batch.GlobalBatch / prediction.Seconds;
        var words = rate >= 100
            ? rate.ToString("0", CultureInfo.InvariantCulture)
            : rate.ToString("0.##", CultureInfo.InvariantCulture);
        return $"{SecondsText.Of(prediction.Seconds)} an update, {words} samples/s, mostly {prediction.Binding} ({prediction.Origin})";
    }

    public static readonly string[] CandidateHeader = ["layout", "an update", "memory", "mostly"];

    public static string[][] Candidates(ExecutionPlan plan) =>
    [
        .. plan.Candidates.Where(candidate => candidate.Rejection.Length == 0).Select(candidate => (string[])
        [
            candidate.Layout,
            candidate.StepSeconds is { } seconds ? SecondsText.Of(seconds) : "",
            ByteText.Of(candidate.MemoryBytes),
            candidate.Binding,
        ]),
    ];

    public static IEnumerable<string> Rejections(ExecutionPlan plan) => plan.Candidates
        .Where(candidate => candidate.Rejection.Length > 0)
        .Select(candidate => $"{candidate.Layout}: {candidate.Rejection}");
}
