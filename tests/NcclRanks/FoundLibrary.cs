using ParDsl.Runtime;
using ParDsl.Runtime.Collectives.Nccl;

namespace ParDsl.NcclRanks;

/// <summary>Which library is found in this process's environment: its name and version, or why there is none.</summary>
internal static class FoundLibrary
{
    public static void Write()
    {
        try
        {
            var library = NcclLibrary.Find();
            Console.WriteLine($"{library.Name} {library.Version}");
        }
        catch (RunFailedException failure)
        {
            Console.WriteLine($"{failure.Diagnostic.Code} {failure.Diagnostic.Message}");
        }
    }
}
