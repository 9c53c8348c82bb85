using ParDsl.Diagnostics;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>What was found where a calibration is kept.</summary>
/// <param name="Calibration">Of this machine and this version; null where there is none to trust.</param>
/// <param name="Warning">Why the one that is there is not used; null where it is, or none is there.</param>
public sealed record CalibrationFinding(MachineCalibration? Calibration, Diagnostic? Warning)
{
    public static readonly CalibrationFinding None = new(null, null);

    internal static CalibrationFinding Ignored(Diagnostic warning) => new(null, warning);
}
