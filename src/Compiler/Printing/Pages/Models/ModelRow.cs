using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Printing.Pages.Models;

/// <summary>One line of a stage's graph: a layer, or the head of a block that is there several times.</summary>
/// <param name="Layer">Of repeated ones the first; of a head the block's first layer.</param>
/// <param name="Last">Of a head the last layer of the last repetition; else the layer itself.</param>
/// <param name="Times">How often the layer, or the block, is there.</param>
/// <param name="IsHead">Whether it announces the block whose layers follow.</param>
internal sealed record ModelRow(CheckedLayer Layer, CheckedLayer Last, int Times, bool IsHead);
