using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// One tensor as a header names it. <c>Start</c> and <c>End</c> count bytes from the first byte behind the header.
/// </summary>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, Shape Shape, long Start, long End);
