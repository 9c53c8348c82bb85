using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Data;

/// <summary>
/// What can be wrong with any data: PD5012, PD5013 and PD5043. One function a mistake; files' own are beside their readers.
/// </summary>
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

    /// <param name="part">What was counted, in whose plural there are so many of it: <c>number</c>.</param>
    /// <param name="whole">Where they are: <c>a sample</c>.</param>
    public static Diagnostic Changed(SourceSpan span, string part, string whole, long expected, long found) => Error(
        "PD5043",
        span,
        "changed since it was checked",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{whole} has {found:#,0} {part}{(found == 1 ? "" : "s")}, and had {expected:#,0} when the program was checked"),
        "start the run again");

    public static Diagnostic BatchNotLoaded(long step) => Error(
        "PD5013",
        SourceSpan.Nowhere,
        "",
        $"the samples of step {step} could not be put together in memory",
        "a smaller `batch`, or `accumulate` in `train`, needs less memory at once");

    public static Diagnostic Error(string code, SourceSpan span, string label, string message, string help) =>
        new(code, Severity.Error, span, label, message, help, []);
}
