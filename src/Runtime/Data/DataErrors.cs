using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Data;

/// <summary>What can be wrong with the data: PD5001 to PD5099. One function a mistake.</summary>
internal static class DataErrors
{
    public static Diagnostic BatchNotLoaded(bool isMemory) => Error(
        "PD5013",
        SourceSpan.Nowhere,
        "",
        isMemory ? "the memory does not suffice for another batch of samples" : "a batch of samples could not be made",
        "a smaller `batch`, or `accumulate` in `train`, needs less memory at once");

    private static Diagnostic Error(string code, SourceSpan span, string label, string message, string help) =>
        new(code, Severity.Error, span, label, message, help, []);
}
