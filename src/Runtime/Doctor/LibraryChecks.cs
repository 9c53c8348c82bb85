using System.Collections.Immutable;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Doctor;

/// <summary>TorchSharp, libtorch, the C++ library under them, and whether they load.</summary>
internal static class LibraryChecks
{
    private const string Loading = "native libraries";

    public static IEnumerable<DoctorFinding> Run()
    {
        NativeFolders folders;
        try
        {
            folders = NativeFolders.Find();
        }
        catch (RunFailedException failure)
        {
            return [NotThere(failure)];
        }

        return
        [
            DoctorFinding.Ok("TorchSharp", $"{NativeFolders.TorchSharpVersion} ({folders.Bridge})"),
            DoctorFinding.Ok(
                "libtorch", $"{NativeFolders.LibtorchVersion}, {(folders.HasCuda ? "CUDA" : "CPU")} build ({folders.Libtorch})"),
            StandardLibraryCheck.Run(folders.Bridge),
            Load(),
        ];
    }

    private static DoctorFinding Load()
    {
        try
        {
            NativeLibraries.Load();
            return DoctorFinding.Ok(Loading, "they load");
        }
        catch (RunFailedException failure)
        {
            return NotThere(failure);
        }
        catch (Exception failure)
        {
            // Whatever a library's start-up throws, its own words are what helps.
            return DoctorFinding.Problem(
                Loading, failure.GetBaseException().Message, "see the lines on libtorch and libstdc++ above");
        }
    }

    private static DoctorFinding NotThere(RunFailedException failure) =>
        DoctorFinding.Problem(Loading, failure.Diagnostic.Message, failure.Diagnostic.Help);
}
