using System.Collections.Immutable;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// What a safetensors file holds, in the order of its bytes: proven to lie whole and without overlap inside the file.
/// </summary>
/// <param name="DataOffset">Where the first tensor's bytes start in the file.</param>
public sealed record SafetensorsHeader(
    ImmutableArray<SafetensorsEntry> Entries,
    ImmutableSortedDictionary<string, string> Metadata,
    long DataOffset);
