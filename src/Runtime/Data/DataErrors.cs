using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Data;

/// <summary>What can be wrong with any data: PD5012 to PD5014. One function a mistake; files' own are beside their readers.</summary>
internal static class DataErrors
{
    public static Diagnostic NoSamples(SourceSpan span, string name) => Error(
        "PD5012", span, "no samples", $"`{name}` holds no samples", "give it at least one sample to train on");

    public static Diagnostic TooLarge(SourceSpan span, string name, double numbers) => Error(
        "PD5013",
        span,
        "too large to load",
        $"`{name}` holds {numbers:N0} numbers, and at most {Array.MaxLength:N0} are held in memory",
        "train on a part of it");

    public static Diagnostic BatchNotLoaded(long step) => Error(
        "PD5013",
        SourceSpan.Nowhere,
        "",
        $"the samples of step {step} could not be put together in memory",
        "a smaller `batch`, or `accumulate` in `train`, needs less memory at once");

    public static Diagnostic SyntheticInputUnstated(SourceSpan span) => Error(
        "PD5014",
        span,
        "of which shape?",
        "`synthetic` makes inputs of the shape that the spec states, and `input` states none",
        "write `input [10]` in `data`");

    public static Diagnostic SyntheticTargetUnstated(SourceSpan span) => Error(
        "PD5014",
        span,
        "of which shape?",
        "`synthetic` makes targets as the spec states them, and there is no `target`",
        "write `target [2]` or `target class 10` in `data`");

    public static Diagnostic Error(string code, SourceSpan span, string label, string message, string help) =>
        new(code, Severity.Error, span, label, message, help, []);
}
