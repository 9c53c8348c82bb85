using System.Globalization;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Collectives;
using ParDsl.Source;

namespace ParDsl.Runtime.Training;

/// <summary>What can go wrong while a run runs: PD5101 to PD5189.</summary>
internal static class RunErrors
{
    public static Diagnostic RankFailed(FailedRank rank, Exception cause) => Error(
        "PD5101",
        $"rank {rank.Rank} on {rank.Device} failed in {rank.Action}: {FirstLine(cause.Message)}",
        "where memory ran out, write a smaller `batch`, or cut it with `accumulate`; else `pardsl doctor` examines this machine");

    public static Diagnostic LossNotFinite(long step, double learningRate, double loss) =>
        NotFinite($"the loss became {Words(loss)} in step {step}", learningRate);

    public static Diagnostic EvaluationNotFinite(long step, double learningRate, double loss) =>
        NotFinite($"the loss became {Words(loss)} in the evaluation after step {step}", learningRate);

    public static Diagnostic WeightsNotFinite(long step, double learningRate) =>
        NotFinite($"a weight became infinite or not a number in step {step}", learningRate);

    public static Diagnostic NothingToNormalize(string layer, int sampleCount) => Error(
        "PD5103",
        $"`{layer}` is a batch_norm over single numbers, but a micro-batch has only 1 sample: "
            + $"{sampleCount} samples are left for the epoch's last batch",
        "write another `batch` or `accumulate`, so that each micro-batch has 2 samples or more");

    /// <param name="others">The ranks that have other bits than most.</param>
    /// <param name="parameters">Those that differ, in the order of the plan.</param>
    public static Diagnostic ReplicasDiffer(
        IReadOnlyList<string> parameters, long step, IEnumerable<int> most, IEnumerable<int> others) => Error(
        "PD5104",
        $"after step {step}, `{parameters[0]}`{Further(parameters.Count - 1)} has other bits on {Ranks(others)} than on "
            + Ranks(most),
        "the replicas learn different things from here on: start again from a checkpoint before this step, and where it is "
            + "one rank again and again, examine its device and its memory");

    /// <param name="parameters">Those whose gradients are not finite, in the order of the model.</param>
    public static Diagnostic LossScaleExhausted(long step, IReadOnlyList<string> parameters) => Error(
        "PD5105",
        $"float16's loss scale has fallen to its floor, 2^-24, and in step {step} the gradient of `{parameters[^1]}`"
            + $"{Further(parameters.Count - 1)} is still infinite or not a number; training stopped",
        "write `precision bfloat16`, which has float32's range; or see that the values that layer gets stay below float16's "
            + "65504: a smaller `scale` of `input`, a norm in front of it, a smaller rate");

    /// <summary>Ends a run whose ranks hold nothing that is worth to be kept.</summary>
    public static RunFailedException Spoiled(Diagnostic finding) => new(finding) { IsStateSpoiled = true };

    /// <summary>The finding of a run that keeps checkpoints, with what there is of them.</summary>
    /// <param name="kept"><c>step-20</c>; null where none was written yet.</param>
    public static Diagnostic WithCheckpoint(Diagnostic finding, string? kept)
    {
        var end = kept is null ? " before the first checkpoint" : $", and the last checkpoint, {kept}, stays as it was";
        return new(
            finding.Code, finding.Severity, finding.Span, finding.Label, finding.Message + end, finding.Help, finding.Related);
    }

    private static string Further(int count) => count switch
    {
        0 => "",
        1 => " (and 1 other parameter)",
        _ => $" (and {count} other parameters)",
    };

    private static string Ranks(IEnumerable<int> ranks) =>
        ranks.ToArray() is [var single] ? $"rank {single}" : $"ranks {string.Join(", ", ranks)}";

    private static Diagnostic NotFinite(string finding, double learningRate) => Error(
        "PD5102",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{finding}, at a learning rate of {learningRate:G4}; training stopped"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"try a smaller rate, `lr={learningRate / 10:G1}`, a warm-up, `schedule constant warmup=100 steps`, or `clip 1`"));

    private static string Words(double loss) =>
        double.IsNaN(loss) ? "not a number" : loss > 0 ? "infinite" : "negative infinite";

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd();

    private static Diagnostic Error(string code, string message, string help) =>
        new(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []);
}
