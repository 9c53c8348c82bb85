using System.Collections.Immutable;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>What a process tells the first one of its part of a checkpoint.</summary>
/// <param name="Number">Of the checkpoint, among those that the job has written.</param>
/// <param name="Sums">The checksums of its files by name, which are on the disk; empty where it could not write them.</param>
/// <param name="Flaw">Why it could not, in words; else null.</param>
internal sealed record PartMessage(long Number, ImmutableSortedDictionary<string, string> Sums, string? Flaw);
