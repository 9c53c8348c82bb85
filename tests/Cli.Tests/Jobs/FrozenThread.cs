using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// One thread of another process that stands still in the middle of libtorch's work while the others go on, as if it were in an
/// endless loop: ptrace(2) stops it. It goes with its process.
/// </summary>
internal static partial class FrozenThread
{
    private const long Continue = 7;
    private const long Seize = 0x4206;
    private const long Interrupt = 0x4207;
    private const int AnyThread = 0x40000000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="name">The thread's name: "rank 1".</param>
    public static void Freeze(int process, string name)
    {
        var thread = Find(process, name);
        var work = WorkOf(process);
        var frozen = new TaskCompletionSource<bool>();
        // Only the thread that seized another may stop it, and must take note of its end: else its process would not end.
        new Thread(() =>
        {
            frozen.SetResult(Trace(Seize, thread, 0, 0) == 0 && StopWithin(work, process, thread));
            Wait(thread, out _, AnyThread);
        })
        {
            IsBackground = true,
        }.Start();
        Assert.True(frozen.Task.Wait(Patience), "the thread did not stop");
        if (!frozen.Task.Result)
            Assert.Skip("ptrace is not allowed here");
    }

    /// <summary>Stops it again and again, until that is within the given code; false where it cannot be stopped.</summary>
    private static bool StopWithin((long Start, long End)[] work, int process, int thread)
    {
        while (Trace(Interrupt, thread, 0, 0) == 0 && Wait(thread, out _, AnyThread) == thread)
        {
            var place = PlaceOf(process, thread);
            if (work.Any(code => code.Start <= place && place < code.End))
                return true;
            if (Trace(Continue, thread, 0, 0) != 0)
                return false;
            Thread.Sleep(3);
        }

        return false;
    }

    private static int Find(int process, string name)
    {
        var threads = Directory.GetDirectories($"/proc/{process}/task")
            .Where(folder => File.ReadAllText(Path.Combine(folder, "comm")).TrimEnd('\n') == name);
        return int.Parse(Path.GetFileName(Assert.Single(threads)), CultureInfo.InvariantCulture);
    }

    /// <summary>Where libtorch's code lies in a process.</summary>
    private static (long Start, long End)[] WorkOf(int process) =>
    [
        .. File.ReadLines($"/proc/{process}/maps")
            .Where(line => line.Contains("libtorch_cpu", StringComparison.Ordinal) && line.Contains(" r-xp ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', 2)[0].Split('-'))
            .Select(range => (Hexadecimal(range[0]), Hexadecimal(range[1]))),
    ];

    /// <summary>The address of what a stopped thread would do next.</summary>
    private static long PlaceOf(int process, int thread) =>
        Hexadecimal(File.ReadAllText($"/proc/{process}/task/{thread}/syscall").TrimEnd().Split(' ')[^1].Replace("0x", "", StringComparison.Ordinal));

    private static long Hexadecimal(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "ptrace")]
    private static partial long Trace(long request, int thread, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int thread, out int status, int options);
}
