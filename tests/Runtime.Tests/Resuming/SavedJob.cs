using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Tests.Jobs;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>What <see cref="SavedRun"/> does in one process, as a job: each rank of the plan has a session of its own.</summary>
internal static class SavedJob
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Runs to the end; what goes wrong in any process is thrown.</summary>
    /// <param name="checkpoint">The folder to go on from; null where the run begins.</param>
    public static void Run(ExecutionPlan plan, string folder, string? checkpoint = null)
    {
        var size = plan.Ranks.Length;
        var (meetings, mails, failures) = (ThreadRendezvous.Create(size), ThreadMail.Create(size), new Exception?[size]);
        using var shared = new ThreadConnections(plan, new FailureSignal());
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                var options = Options(rank, folder, checkpoint) with { Mail = mails[rank] };
                var engine = new ThreadProcesses(meetings[rank], shared);
                using var session = SessionBuilder.Build(plan, options, engine, Specs.Data(plan.Program, SavedRun.SampleCount, SavedRun.ValidationCount));
                session.Run(new RecordingObserver(), CancellationToken.None);
            }
            catch (Exception failure)
            {
                failures[rank] = failure;
            }
        })
        {
            IsBackground = true,
        }).ToArray();
        foreach (var thread in threads)
            thread.Start();
        Assert.All(threads, thread => Assert.True(thread.Join(Limit), "a process of the test hangs"));
        Assert.All(failures, Assert.Null);
    }

    /// <summary>The bits of every tensor of a checkpoint, put together where it is in parts.</summary>
    public static SortedDictionary<string, string> Tensors(string folder, long step, ExecutionPlan plan)
    {
        using var state = CheckpointReader.Read(CheckpointFolder.Of(folder, step), out _)!.Open(plan.Program.Model);
        var bits = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, stored) in state.Model.ByName.Concat(state.Optimizer.ByName))
        {
            using var tensor = stored.Read(null, 0, stored.Shape.ElementCount);
            bits.Add($"{name} {stored.Shape} {stored.Type.Name}", Convert.ToHexString(tensor.bytes));
        }

        return bits;
    }

    private static RunOptions Options(int rank, string folder, string? checkpoint) =>
        new(rank == 0 ? folder : null, 0, null)
        {
            KeepsCheckpoints = true,
            Resume = checkpoint is null ? null : ResumeSearch.Told(Path.GetFullPath(checkpoint)),
            InitialLossScale = Math.Pow(2, 32),
            Spec = "model { }\n",
        };
}
