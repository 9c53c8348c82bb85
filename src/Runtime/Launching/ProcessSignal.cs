using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Launching;

/// <summary>Signals by their numbers on Linux, sent to a process.</summary>
internal static partial class ProcessSignal
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int User1 = 10;
    public const int User2 = 12;
    public const int Terminate = 15;

    public static void Send(int process, int signal) => _ = SendNumber(process, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendNumber(int process, int signal);
}
