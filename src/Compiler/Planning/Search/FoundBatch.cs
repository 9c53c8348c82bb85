using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>What <c>batch auto</c> stands for on some devices.</summary>
/// <param name="Program">The program with that batch; its parallel block is still the user's.</param>
/// <param name="Layout">A layout that holds the batch, for a search that finds no other; null where even the smallest batch is too much.</param>
/// <param name="Note">How it came to the number, and what to write to keep it.</param>
internal sealed record FoundBatch(CheckedProgram Program, ParallelRequest? Layout, string Note);
