using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>What .NET's own loader of libraries has no door for: symbols for all, and the environment of native code.</summary>
internal static partial class DynamicLoader
{
    private const int Now = 0x002; // RTLD_NOW
    private const int OnlyLoaded = 0x004; // RTLD_NOLOAD
    private const int ForAll = 0x100; // RTLD_GLOBAL

    // _SC_NPROCESSORS_ONLN
    private const int OnlineProcessors = 84;

    /// <summary>
    /// Shows the symbols of a library that is loaded to every library that is loaded from now on: plugins of Open MPI that
    /// do not name it as their own need look for its symbols there.
    /// </summary>
    public static void ShareSymbols(string path) => _ = Open(path, Now | OnlyLoaded | ForAll);

    /// <summary>Gives a variable a value for native code, which does not see what .NET sets; one that is there stands.</summary>
    public static void SetDefault(string variable, string value) => _ = SetVariable(variable, value, overwrite: 0);

    /// <summary>The machine's processors, also where this process may only run on some of them.</summary>
    public static int ProcessorCount => Math.Max((int)SystemValue(OnlineProcessors), Environment.ProcessorCount);

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    private static partial nint SystemValue(int name);
}
