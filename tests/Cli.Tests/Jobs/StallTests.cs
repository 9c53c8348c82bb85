using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>A rank that comes no step further, in a process whose watch goes on speaking, ends the job.</summary>
[Collection(Training.Collection)]
public sealed class StallTests : IDisposable
{
    private const string Spec = """
        data { source synthetic 96 seed=3; input [12]; target class 4 }
        model { linear 512; relu; linear 512; relu; linear 4 }
        train { loss cross_entropy; optimizer sgd lr=1e-2; batch 32; epochs 1000000 }
        parallel { data 2 }
        """;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(Launcher.OpenMpi, 1)]
    [InlineData(Launcher.OpenMpi, 0)]
    [InlineData(Launcher.Mpich, 1)]
    public void A_rank_whose_thread_stands_still_ends_the_job_with_one_message(string launcher, int frozen)
    {
        scratch.Write("a.pd", Spec);
        using var job = Launcher.Start(
            launcher, 2, scratch.Folder, "env", "PARDSL_STALL_LIMIT=8", Pardsl.Program, "run", "a.pd", "--json", "--out", "out");
        Pardsl.WaitFor("\"event\":\"step\"", job.StandardOutput);
        var process = Launcher.ProcessOf(frozen, job);
        var all = Launcher.Descendants(job.Id);
        try
        {
            FrozenThread.Freeze(process, $"rank {frozen}");
            var result = Pardsl.Finish(job, TimeSpan.FromSeconds(60));
            Assert.NotEqual(0, result.Exit);
            var told = Assert.Single(result.OutputLines, line => line.Contains("\"event\":\"error\"", StringComparison.Ordinal));
            Assert.Contains("\"code\":\"PD5390\"", told);
            Assert.Contains($"rank {frozen} on host {Environment.MachineName} (process {process}) lives and has not come on for ", told);
            SpinWait.SpinUntil(() => !all.Any(Launcher.IsAlive), TimeSpan.FromSeconds(10));
            Assert.DoesNotContain(all, Launcher.IsAlive);
        }
        finally
        {
            foreach (var left in all.Where(Launcher.IsAlive))
                Launcher.Signal("KILL", left);
        }
    }
}
