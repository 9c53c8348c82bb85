using System.Collections.Immutable;
using ParDsl.Runtime.Hardware;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Doctor;

/// <summary>
/// All that ParDsl leans on in this machine, looked at one by one: what is found out is printed elsewhere. No finding throws,
/// and no started process may take longer than <see cref="ProgramAnswer.Patience"/>.
/// </summary>
public static class Examination
{
    public static ImmutableArray<DoctorFinding> Run() =>
    [
        .. SdkChecks.Run(),
        .. LibraryChecks.Run(),
        .. GpuChecks.Run(GpuProbe.Probe(), HasCudaBuild()),
        .. MpiChecks.Run(),
        .. RoomChecks.Run(),
    ];

    private static bool HasCudaBuild()
    {
        try
        {
            return NativeFolders.Find().HasCuda;
        }
        catch (RunFailedException)
        {
            // LibraryChecks tells of it.
            return false;
        }
    }
}
