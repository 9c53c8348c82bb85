using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Hardware;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Doctor;

/// <summary>Disk, memory and cores.</summary>
internal static class RoomChecks
{
    private const long Gibibyte = 1L << 30;

    /// <summary>A run writes its weights and optimizer state here; the cache takes a copy of one small library.</summary>
    private const long EnoughHere = Gibibyte;

    private const long EnoughInCache = Gibibyte / 64;

    /// <summary>libtorch takes 150 MB before the first tensor.</summary>
    private const long EnoughMemory = Gibibyte / 2;

    public static ImmutableArray<DoctorFinding> Run()
    {
        var hardware = HardwareProbe.Probe();
        return
        [
            Disk("disk here", Environment.CurrentDirectory, EnoughHere),
            Disk("disk of the cache", UserCache.Root, EnoughInCache),
            Memory(hardware.MemoryBytes),
            DoctorFinding.Ok("cores", hardware.Cores.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    internal static DoctorFinding Disk(string topic, string folder, long enough)
    {
        if (FreeBytes(folder) is not { } free)
            return DoctorFinding.Warning(topic, $"{folder} cannot be asked for its room", $"see `df {folder}`");
        var value = $"{ByteText.Of(free)} free ({folder})";
        return free >= enough
            ? DoctorFinding.Ok(topic, value)
            : DoctorFinding.Warning(topic, value, $"make room: at least {ByteText.Of(enough)} should be free");
    }

    /// <summary>Null where the folder's disk cannot be asked.</summary>
    internal static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(Existing(folder)).AvailableFreeSpace;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static DoctorFinding Memory(long bytes) => bytes >= EnoughMemory
        ? DoctorFinding.Ok("memory", ByteText.Of(bytes))
        : DoctorFinding.Warning(
            "memory", ByteText.Of(bytes), $"give this machine or container at least {ByteText.Of(EnoughMemory)}");

    /// <summary>The folder, or the nearest one above it that is there.</summary>
    private static string Existing(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } above)
            path = above;
        return path;
    }
}
