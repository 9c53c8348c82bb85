using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Source;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>
/// What can be wrong with a kept calibration: PD5401 to PD5404. One that cannot be trusted is no mistake of the run's: it is
/// ignored, and said so.
/// </summary>
internal static class CalibrationErrors
{
    private const string Again = "measure this machine: `pardsl devices --calibrate`";

    public static Diagnostic Unreadable(string path, string reason) => Warn(
        "PD5401", $"the calibration `{path}` is ignored: {reason}", Again);

    public static Diagnostic OtherMachine(string path, string difference) => Warn(
        "PD5402", $"the calibration `{path}` is ignored, it is of another machine: {difference}", Again);

    /// <summary>All else is as it was: a binding, a container or a user keeps the process from cores that are there.</summary>
    public static Diagnostic FewerCores(string path, int measured, int found) => Warn(
        "PD5402",
        string.Create(CultureInfo.InvariantCulture, $"the calibration `{path}` is ignored, it was measured on {measured} cores and {found} may be used here"),
        "let it use all cores, where a launcher binds it with `mpirun --bind-to none`, or measure with these: `pardsl devices --calibrate`");

    /// <param name="what">Whose versions they are: <c>ParDsl</c>.</param>
    public static Diagnostic OtherVersion(string path, string what, string found, string expected) => Warn(
        "PD5403", $"the calibration `{path}` is ignored, it was measured with {what} {found} and this is {expected}", Again);

    public static RunFailedException CannotKeep(string path, Exception cause) => new(
        new Diagnostic(
            "PD5404",
            Severity.Error,
            SourceSpan.Nowhere,
            "",
            $"the calibration cannot be kept as `{path}`: {FileTrouble.Words(cause)}",
            "make room there, or keep it elsewhere: `XDG_CACHE_HOME=DIR pardsl devices --calibrate`",
            []),
        cause);

    private static Diagnostic Warn(string code, string message, string help) =>
        new(code, Severity.Warning, SourceSpan.Nowhere, "", message, help, []);
}
