using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// Turns this process into another program that lives no longer than the process that started it, and that the terminal's
/// Ctrl-C does not reach: its starter passes signals on, once and in the launcher's own terms.
/// </summary>
public static partial class BoundProcess
{
    private const int SetDeathSignal = 1;
    private const int Pipe = 13;
    private const int Terminate = 15;
    private const nint Default = 0;

    /// <summary>Returns only where the program could not be started.</summary>
    /// <param name="starter">The process whose end ends this one.</param>
    public static void Become(int starter, string program, IReadOnlyList<string> words)
    {
        _ = NewSession();
        _ = Control(SetDeathSignal, Terminate, 0, 0, 0);
        // The starter may have ended before its end was asked for.
        if (Starter() != starter)
            return;
        // .NET ignores broken pipes, and a program inherits what is ignored.
        _ = Signal(Pipe, Default);
        _ = Execute(program, [program, .. words, null]);
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Starter();

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] words);
}
