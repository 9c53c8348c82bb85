namespace ParDsl.Compiler.Hardware.Known;

/// <summary>What a data sheet promises: dense operations a second by precision; a multiply-add counts 2.</summary>
public sealed record PeakRates(double Float64, double Float32, double BFloat16, double Float16);
