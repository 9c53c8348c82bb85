using System.Text.Json;
using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>
/// Where this user's calibration of this machine is kept: one file, whole or not there. It is never trusted where anything
/// about it is not as it was when it was measured.
/// </summary>
public static class CalibrationStore
{
    /// <summary>Another file than the cache's; it need not be there.</summary>
    public const string OverrideVariable = "PARDSL_CALIBRATION";

    /// <summary>A calibration has some kilobytes, and half of one for each layer and each product; what is longer is something else.</summary>
    private const long MostBytes = 64 << 20;

    private const int UsualBytes = 64 << 10;

    public static string FilePath =>
        Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } file
            ? Path.GetFullPath(file)
            : Path.Combine(UserCache.Folder, "calibration.json");

    /// <summary>The calibration of this machine.</summary>
    public static CalibrationFinding Find(HardwareDescription machine) => Find(FilePath, machine);

    /// <summary>The same, of a machine that is known already.</summary>
    internal static CalibrationFinding Find(MachineFingerprint machine) => Find(FilePath, () => machine);

    internal static CalibrationFinding Find(string path, HardwareDescription machine) => Find(path, () => MachineFingerprint.Of(machine));

    /// <param name="machine">Asked only where a file is there.</param>
    private static CalibrationFinding Find(string path, Func<MachineFingerprint> machine)
    {
        try
        {
            if (!File.Exists(path))
                return CalibrationFinding.None;
            if (new FileInfo(path).Length > MostBytes)
                return CalibrationFinding.Ignored(CalibrationErrors.Unreadable(path, "it is too long to be one"));
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Judge(path, CalibrationText.Read(document.RootElement), machine());
        }
        catch (Exception trouble) when (trouble is JsonException or FormatException)
        {
            return CalibrationFinding.Ignored(CalibrationErrors.Unreadable(path, "it is not as it was written"));
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            return CalibrationFinding.Ignored(CalibrationErrors.Unreadable(path, FileTrouble.Words(trouble)));
        }
    }

    /// <summary>Replaces what was kept before, at once.</summary>
    /// <exception cref="RunFailedException">The cache cannot be written; what was there stays.</exception>
    public static void Keep(MachineCalibration calibration) => Keep(FilePath, calibration);

    internal static void Keep(string file, MachineCalibration calibration) => Write(file, path =>
        AtomicFile.WriteText(path, CalibrationText.Write(calibration)));

    /// <summary>Finds out whether one could be kept, before a minute goes into measuring it.</summary>
    /// <exception cref="RunFailedException">The cache cannot be written.</exception>
    public static void RequireRoom() => Write(FilePath, path =>
    {
        var trial = AtomicFile.TemporaryName(path);
        try
        {
            File.WriteAllBytes(trial, new byte[UsualBytes]);
        }
        finally
        {
            File.Delete(trial);
        }
    });

    private static void Write(string path, Action<string> write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            write(path);
        }
        catch (RunFailedException failure) when (failure.InnerException is { } cause)
        {
            throw CalibrationErrors.CannotKeep(path, cause);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw CalibrationErrors.CannotKeep(path, trouble);
        }
    }

    private static CalibrationFinding Judge(string path, MachineCalibration? calibration, MachineFingerprint machine)
    {
        if (calibration is null)
            return CalibrationFinding.Ignored(CalibrationErrors.Unreadable(path, "it is in another version's format"));
        if (calibration.ParDsl != MachineCalibration.ParDslVersion)
        {
            return CalibrationFinding.Ignored(
                CalibrationErrors.OtherVersion(path, "ParDsl", calibration.ParDsl, MachineCalibration.ParDslVersion));
        }

        if (calibration.Libtorch != NativeFolders.LibtorchVersion)
        {
            return CalibrationFinding.Ignored(
                CalibrationErrors.OtherVersion(path, "libtorch", calibration.Libtorch, NativeFolders.LibtorchVersion));
        }

        if (calibration.Machine.DifferenceOf(machine with { Cores = calibration.Machine.Cores }).Length == 0 && calibration.Machine.Cores > machine.Cores)
            return CalibrationFinding.Ignored(CalibrationErrors.FewerCores(path, calibration.Machine.Cores, machine.Cores));
        var difference = machine.DifferenceOf(calibration.Machine);
        return difference.Length == 0
            ? new CalibrationFinding(calibration, null)
            : CalibrationFinding.Ignored(CalibrationErrors.OtherMachine(path, difference));
    }
}
