using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD3014 and PD3015: what <c>checkpoint best=...</c> goes by.</summary>
internal static class CheckpointErrors
{
    public static Diagnostic BestIsNotMeasured(CallSyntax call, string metric) =>
        Finding.Error(
            "PD3014",
            call.HeadSpan,
            $"the best checkpoint is chosen by `{metric}`, but the run does not measure it",
            $"`{metric}` is no metric of this spec",
            $"write `metric {metric}` in `train`, or `best=loss`");

    public static Diagnostic NothingToValidateOn(CallSyntax call, string metric) =>
        Finding.Error(
            "PD3015",
            call.HeadSpan,
            $"the best checkpoint is chosen by `{metric}` on validation, but no samples are kept back for it",
            "there is no validation",
            "write `validation 10%` in `data`, or leave `best` out");
}
