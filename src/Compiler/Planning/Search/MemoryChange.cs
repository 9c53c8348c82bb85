using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>A program changed so that it fits its devices.</summary>
/// <param name="Words">What to write: <c>`shard optimizer`</c>.</param>
/// <param name="Bytes">What the rank that needs most then needs.</param>
internal sealed record MemoryChange(CheckedProgram Program, Degrees Degrees, string Words, long Bytes);
