using System.Collections.Immutable;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why <c>parallel auto</c> finds no layout: PD4040 and PD4041, one function per mistake.</summary>
internal static class SearchErrors
{
    /// <summary>More reasons than these are not read.</summary>
    private const int MostReasons = 3;

    public static Diagnostic NoLayout(SourceSpan span, int devices, ImmutableArray<LayoutCandidate> refused) => Error(
        "PD4040",
        span,
        $"no layout shares this program over {Devices(devices)}: "
            + string.Join("; ", refused.Take(MostReasons).Select(candidate => $"`{candidate.Layout}`: {candidate.Rejection}")),
        "nothing to choose from",
        "change the batch so that the devices share it evenly, or ask for another number of them: `--gpus N`");

    /// <param name="least">The layout that needs least.</param>
    /// <param name="enough">The devices like these that would hold it; null where no number up to a great one would.</param>
    public static Diagnostic NoneFits(SourceSpan span, LayoutCandidate least, HardwareDescription hardware, int? enough)
    {
        var more = enough is { } count ? $"{count} devices like these would do, and so would devices" : "what would do are devices";
        return Error(
            "PD4041",
            span,
            $"no layout fits {hardware.Name}: the one that needs least is `{least.Layout}`, and it {least.Rejection}",
            "too large for these devices",
            $"{more} with {ByteText.Of(least.MemoryBytes)}; a larger `accumulate` makes the micro-batches smaller");
    }

    private static string Devices(int count) => count == 1 ? "1 device" : $"{count} devices";

    private static Diagnostic Error(string code, SourceSpan span, string message, string label, string help) =>
        new(code, Severity.Error, span, label, message, help, []);
}
