using System.Diagnostics;
using System.Globalization;
using ParDsl.Runtime.Tests.Collectives.Tcp;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>Starts the program of <c>tests/NcclRanks</c> and reads what became of each rank.</summary>
internal static class NcclJob
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static string Program
    {
        get
        {
            var folder = Path.GetFullPath(AppContext.BaseDirectory.TrimEnd('/'));
            var (configuration, programs) = (Path.GetFileName(folder), Path.GetFullPath(Path.Combine(folder, "..", "..")));
            return Path.Combine(programs, "ParDsl.NcclRanks", configuration, "ParDsl.NcclRanks.dll");
        }
    }

    /// <summary>A process a rank.</summary>
    /// <param name="kill">A rank that is killed once all have begun to work; its outcome is empty.</param>
    public static string[] Processes(int size, string work, int? kill = null)
    {
        var port = TcpJob.FreePort();
        var processes = Enumerable.Range(0, size)
            .Select(rank => Start([], "process", FakeNccl.File, Text(size), work, Text(rank), Text(port)))
            .ToArray();
        try
        {
            if (kill is { } victim)
            {
                foreach (var process in processes)
                    Assert.Contains("started", ReadLine(process), StringComparison.Ordinal);
                processes[victim].Kill();
            }

            return [.. processes.Select((process, rank) => Outcome(Rest(process), rank))];
        }
        finally
        {
            foreach (var process in processes)
                End(process);
        }
    }

    /// <summary>All ranks as threads of one process.</summary>
    public static string[] Threads(int size, string work, params (string Name, string Value)[] variables)
    {
        var process = Start(variables, "threads", FakeNccl.File, Text(size), work);
        try
        {
            var lines = Rest(process);
            return [.. Enumerable.Range(0, size).Select(rank => Outcome(lines, rank))];
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Which library a process finds whose environment has these variables besides.</summary>
    public static string Library(params (string Name, string Value)[] variables)
    {
        var process = Start(variables, "library");
        try
        {
            return Rest(process)[0];
        }
        finally
        {
            End(process);
        }
    }

    private static Process Start((string Name, string Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("the process did not start");
    }

    private static string ReadLine(Process process)
    {
        var line = process.StandardOutput.ReadLineAsync();
        Assert.True(line.Wait(Limit), "a rank wrote nothing");
        return line.Result ?? "";
    }

    private static string[] Rest(Process process)
    {
        var text = process.StandardOutput.ReadToEndAsync();
        Assert.True(text.Wait(Limit), "a rank did not end");
        return text.Result.Split('\n');
    }

    private static string Outcome(string[] lines, int rank)
    {
        var start = $"{Text(rank)} ";
        var own = lines.Where(line => line.StartsWith(start, StringComparison.Ordinal) && !line.EndsWith(" started", StringComparison.Ordinal));
        return own.SingleOrDefault("")[Math.Min(start.Length, own.SingleOrDefault("").Length)..];
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
