using ParDsl.Compiler.Hardware;
using ParDsl.Diagnostics;

namespace ParDsl.Runtime.Hardware;

/// <summary>This machine, and what there is to say of how it was found.</summary>
/// <param name="Warning">Why a calibration that is there is not used; null where there is nothing to say.</param>
public sealed record ProbedHardware(HardwareDescription Hardware, Diagnostic? Warning);
