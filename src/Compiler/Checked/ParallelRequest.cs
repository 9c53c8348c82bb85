using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary>What the <c>parallel</c> block asks for, before the devices are known.</summary>
/// <param name="IsAuto">No block, or <c>parallel auto</c>: the planner chooses.</param>
/// <param name="DataDegree">The replicas asked for; 0 where the degree is what is left of the devices.</param>
/// <param name="Span">What the planner's diagnostics underline: the degree, else the block, else the file's start.</param>
public sealed record ParallelRequest(bool IsAuto, long DataDegree, SourceSpan Span);
