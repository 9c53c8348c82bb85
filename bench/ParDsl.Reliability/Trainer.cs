using System.Collections.Immutable;
using System.Diagnostics;

namespace ParDsl.Reliability;

/// <summary>Starts <c>pardsl run</c> in processes of their own, and lets them end or kills them.</summary>
/// <param name="folder">The current folder of the processes.</param>
internal sealed class Trainer(string program, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs to its end.</summary>
    /// <returns>The exit code and standard error.</returns>
    public (int Exit, string Errors) Run(IEnumerable<string> words) => Run(words, null, out _);

    /// <summary>The same, killed with SIGKILL after a delay, if it has not ended before.</summary>
    /// <param name="delay">Null: never.</param>
    /// <param name="wasKilled">Whether it was.</param>
    public (int Exit, string Errors) Run(IEnumerable<string> words, TimeSpan? delay, out bool wasKilled)
    {
        using var process = Process.Start(Describe(words)) ?? throw new InvalidOperationException("the process did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        wasKilled = delay is { } time && !process.WaitForExit(time) && Kill(process);
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"pardsl {string.Join(' ', words)} did not end within {Patience}");
        }

        output.Wait(Patience);
        return (process.ExitCode, errors.Wait(Patience) ? errors.Result : "");
    }

    /// <summary>One process of those that train: the only one, or any one of a job's.</summary>
    private static bool Kill(Process process)
    {
        var ranks = ProcessTree.Descendants(process.Id).Where(ProcessTree.IsRank).ToImmutableArray();
        var victim = ranks.IsEmpty ? process.Id : ranks[Random.Shared.Next(ranks.Length)];
        try
        {
            using var found = Process.GetProcessById(victim);
            found.Kill();
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private ProcessStartInfo Describe(IEnumerable<string> words) => new(program, ["run", "killed.pd", .. words])
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
