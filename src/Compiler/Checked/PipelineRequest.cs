using System.Collections.Immutable;
using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary><c>pipeline 4 microbatches=8 schedule=1f1b</c>.</summary>
/// <param name="Degree">The ranks that share the layers; 0 where the degree is what is left of the devices.</param>
/// <param name="MicroBatches">What each part of an accumulation is cut into; 0 where nothing is said.</param>
/// <param name="Chunks">The runs of layers on each rank: more than 1 for <c>interleaved</c>.</param>
/// <param name="Cuts">The labels of the layers that each stage but the first starts with; empty: balanced by cost.</param>
public sealed record PipelineRequest(
    long Degree, long MicroBatches, ScheduleKind Schedule, long Chunks, ImmutableArray<string> Cuts, SourceSpan Span);
