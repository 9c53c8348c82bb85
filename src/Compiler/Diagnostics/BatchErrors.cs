using ParDsl.Compiler.Planning;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why <c>batch auto</c> finds no batch: PD4042 and PD4043, one function per mistake.</summary>
internal static class BatchErrors
{
    /// <param name="microBatches">Of one update.</param>
    /// <param name="samples">Those to train on.</param>
    public static Diagnostic MorePartsThanSamples(SourceSpan span, long microBatches, Degrees degrees, long samples) => Finding.Error(
        "PD4042",
        span,
        $"`batch auto` needs a sample for each of {Wording.Count(microBatches, "micro-batch", "micro-batches")} x "
            + $"{Wording.Count(degrees.Data, "data rank")} = {(Int128)microBatches * degrees.Data} parts of a batch, and there are "
            + Wording.Count(samples, "training sample"),
        "no batch is large enough",
        "write fewer `data` ranks, `microbatches` or parts of `accumulate`, or bring more samples");

    public static Diagnostic MemoryUnknown(SourceSpan span, string hardware) => Finding.Error(
        "PD4043",
        span,
        $"`batch auto` takes what the devices hold, and nothing is known of the memory of {hardware}",
        "no memory to fill",
        "write a number, `batch 256`, or plan on one of the machines and write what that finds");

    public static Diagnostic SamplesUnknown(SourceSpan span) => Finding.Error(
        "PD4043",
        span,
        "`batch auto` takes at most the training samples that there are, and how many these are is known only when the file is read",
        "no number of samples to stay below",
        "write a number: `batch 256`");
}
