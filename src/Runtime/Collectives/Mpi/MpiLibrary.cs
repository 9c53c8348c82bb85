using System.Runtime.InteropServices;
using System.Text;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// The machine's MPI library, found and told apart at run time. One binary runs with either family: what differs is in
/// <see cref="Abi"/>.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    public const string OverrideVariable = "PARDSL_MPI_LIBRARY";

    private const string OpenMpiMark = "ompi_mpi_comm_world";

    // MPI_MAX_LIBRARY_VERSION_STRING and MPI_MAX_ERROR_STRING of the family that has the larger ones.
    private const int VersionBytes = 8192;
    private const int ErrorBytes = 1024;

    private MpiLibrary(string path, nint handle, MpiAbi abi)
    {
        Path = path;
        Abi = abi;
        Functions = new MpiFunctions(handle);
        Version = ReadVersion();
    }

    public string Path { get; }

    /// <summary>As "Open MPI v4.1.4" or "MPICH 4.0.2".</summary>
    public string Version { get; }

    public MpiAbi Abi { get; }

    public MpiFunctions Functions { get; }

    /// <summary>Loads the library that fits the launcher, or where none does, any.</summary>
    /// <param name="named">A path that the user gave, or null: then it is that one or none.</param>
    /// <exception cref="RunFailedException">There is none, or it is none that is known here.</exception>
    public static MpiLibrary Load(MpiLauncher launcher, string? named)
    {
        if (named is not null)
            return LoadNamed(named);
        MpiLibrary? other = null;
        foreach (var name in MpiLibraryNames.For(launcher.Family))
        {
            if (!NativeLibrary.TryLoad(name, out var handle))
                continue;
            var found = Open(MpiLibraryNames.PathOf(name), handle);
            if (launcher.Family is null || found.Abi.Family == launcher.Family)
                return found;
            other ??= found;
        }

        return other ?? throw new RunFailedException(MpiErrors.NoLibrary(MpiLibraryNames.Plain));
    }

    /// <summary>Throws the library's own words where a call did not succeed.</summary>
    public void Require(int code, string function)
    {
        if (code != MpiAbi.Success)
            throw new RunFailedException(MpiErrors.CallFailed(function, ErrorWords(code)));
    }

    private static MpiLibrary LoadNamed(string path)
    {
        try
        {
            return Open(path, NativeLibrary.Load(path));
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw new RunFailedException(MpiErrors.LibraryDoesNotLoad(path, LoaderWords.Of(path, failure)), failure);
        }
    }

    private static MpiLibrary Open(string path, nint handle)
    {
        try
        {
            var library = new MpiLibrary(path, handle, AbiOf(handle));
            if (library.Abi.Family == MpiFamily.Mpich && !MpiLibraryNames.IsOfMpichAbi(library.Version))
                throw new RunFailedException(MpiErrors.NotAnMpi(path, $"it calls itself \"{library.Version}\""));
            if (library.Abi.Family == MpiFamily.OpenMpi)
                DynamicLoader.ShareSymbols(path);
            return library;
        }
        catch (EntryPointNotFoundException missing)
        {
            throw new RunFailedException(MpiErrors.NotAnMpi(path, $"it has no `{MissingSymbol(missing)}`"), missing);
        }
    }

    private static MpiAbi AbiOf(nint handle) =>
        NativeLibrary.TryGetExport(handle, OpenMpiMark, out _) ? MpiAbi.OpenMpi(handle) : MpiAbi.Mpich;

    private string ReadVersion()
    {
        var text = stackalloc byte[VersionBytes];
        var length = 0;
        Require(Functions.LibraryVersion(text, &length), "MPI_Get_library_version");
        return MpiLibraryNames.ShortVersion(Encoding.UTF8.GetString(text, length));
    }

    private string ErrorWords(int code)
    {
        var text = stackalloc byte[ErrorBytes];
        var length = 0;
        return Functions.ErrorText(code, text, &length) == MpiAbi.Success
            ? Encoding.UTF8.GetString(text, length).ReplaceLineEndings(" ").Trim()
            : $"error {code}";
    }

    /// <summary>.NET's message quotes it: Unable to find an entry point named 'MPI_Init_thread' in native library.</summary>
    private static string MissingSymbol(EntryPointNotFoundException missing) =>
        missing.Message.Split('\'') is [_, var name, ..] ? name : "function of MPI-3";
}
