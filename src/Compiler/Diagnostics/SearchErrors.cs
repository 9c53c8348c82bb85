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

    /// <param name="batch">One that the devices would share evenly; null where the data has not so many samples.</param>
    public static Diagnostic NoLayout(
        SourceSpan span, int devices, ImmutableArray<LayoutCandidate> refused, long? batch, HardwareDescription hardware, bool isStated) => Error(
        "PD4040",
        span,
        $"no layout shares this program over {Devices(devices)}: "
            + string.Join("; ", refused.Take(MostReasons).Select(candidate => $"`{candidate.Layout}`: {candidate.Rejection}")),
        "nothing to choose from",
        (batch is { } even ? $"write `batch {even}`, which {devices} data ranks share evenly, or " : "") + OtherDevices(hardware, isStated));

    /// <param name="least">The layout that comes nearest to fitting.</param>
    /// <param name="smallestBatch">Where it is the one of <c>batch auto</c>.</param>
    /// <param name="enough">What would hold the model, in words; at least one.</param>
    public static Diagnostic NoneFits(
        SourceSpan span, LayoutCandidate least, HardwareDescription hardware, long? smallestBatch, IReadOnlyList<string> enough) => Error(
        "PD4041",
        span,
        $"no layout fits {hardware.Name}{(smallestBatch is { } batch ? $" with a batch of {batch}, where `batch auto` begins" : "")}: "
            + $"the one that needs least is `{least.Layout}`, and it {least.Rejection}",
        "too large for these devices",
        $"{enough[0]} would do{(enough.Count > 1 ? $", and so would {string.Join(" or ", enough.Skip(1))}" : "")}");

    /// <summary>How to ask for another number of devices, which is said in several places.</summary>
    private static string OtherDevices(HardwareDescription hardware, bool isStated) => hardware switch
    {
        { IsJob: true } => "start another number of processes",
        _ when isStated => $"ask for another number of them{(hardware.MachineCount > 1 ? " on each machine" : "")}: `--gpus N`",
        { Known: { } known } => $"plan for another number of machines: `--on {known.Name}:{known.Count}xN`",
        _ => "ask for another number of machines",
    };

    private static string Devices(int count) => count == 1 ? "1 device" : $"{count} devices";

    private static Diagnostic Error(string code, SourceSpan span, string message, string label, string help) =>
        new(code, Severity.Error, span, label, message, help, []);
}
