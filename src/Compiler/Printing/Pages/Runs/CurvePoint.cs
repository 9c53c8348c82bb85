namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>A number after an update, which counts from 1.</summary>
public readonly record struct CurvePoint(long Update, double Value);
