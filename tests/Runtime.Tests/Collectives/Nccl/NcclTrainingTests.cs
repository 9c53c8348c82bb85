using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Collectives.Tcp;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Tests.Collectives.Tcp;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>Whole trainings over NCCL's stand-in learn what they learn in memory, and move the bytes that the plan says.</summary>
public sealed class NcclTrainingTests
{
    private const int SampleCount = 48;

    public static TheoryData<string> Layouts =>
    [
        "data 2 bucket=400 B",
        "data 3 bucket=200 B; shard optimizer",
        "data 2 bucket=400 B; shard gradients",
        "data 2; shard parameters",
        "pipeline 2 microbatches=4 schedule=gpipe",
        "pipeline 3 microbatches=4 schedule=1f1b",
        "pipeline 2 microbatches=4 schedule=interleaved chunks=3",
        "pipeline 3 microbatches=4 schedule=zero_bubble",
        "tensor 2",
        "data 2 bucket=400 B; pipeline 2; shard gradients",
        "data 2 bucket=400 B; pipeline 2 microbatches=4 schedule=zero_bubble; shard parameters",
        "pipeline 2; tensor 2; recompute all",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_layout_learns_over_NCCL_what_it_learns_in_memory(string layout)
    {
        var plan = PlanFor(layout);
        var engine = new NcclThreadEngine(FakeNccl.Load());
        var (expected, expectedMoved) = Train(plan, ThreadEngine.Instance);
        var (found, moved) = Train(plan, engine);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Abs(pair.First)));
        Assert.Equal(plan.Ranks.Select(rank => expected.Length * UpdateTraffic.Of(plan, rank).TotalBytes), moved);
        Assert.Equal(expectedMoved, moved);
    }

    /// <summary>Each process's part is a thread here, which meets the others over TCP and shares nothing else.</summary>
    [Theory]
    [InlineData("data 2 bucket=400 B; shard gradients")]
    [InlineData("pipeline 3 microbatches=4 schedule=1f1b")]
    [InlineData("data 2 bucket=400 B; pipeline 2 microbatches=4 schedule=interleaved chunks=2")]
    public void Processes_learn_over_NCCL_what_threads_learn_in_memory(string layout)
    {
        var plan = PlanFor(layout);
        var (expected, expectedMoved) = Train(plan, ThreadEngine.Instance);
        var (library, port, size) = (FakeNccl.Load(), TcpJob.FreePort(), plan.Ranks.Length);
        var found = new (double[] Losses, IReadOnlyList<long> Moved)[size];
        var outcomes = NcclThreads.OnThreads([.. Enumerable.Range(0, size).Select(rank => (Action)(() =>
        {
            using var processes = TcpRendezvous.Join("127.0.0.1", port, rank, size, TcpJob.Limit);
            found[rank] = Train(plan, ProcessEngine.OverNccl(processes, library));
        }))]);
        Assert.All(outcomes, Assert.Null);
        Assert.All(found, rank => Assert.All(
            expected.Zip(rank.Losses), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Abs(pair.First))));
        Assert.All(found, rank => Assert.Equal(expectedMoved, rank.Moved));
    }

    [Fact]
    public void Processes_with_two_versions_of_NCCL_are_told_so()
    {
        var plan = PlanFor("data 2");
        NcclLibrary[] libraries = [FakeNccl.Load(), FakeNccl.Load(FakeNccl.OtherVersion)];
        var port = TcpJob.FreePort();
        var outcomes = NcclThreads.OnThreads([.. libraries.Select((library, rank) => (Action)(() =>
        {
            using var processes = TcpRendezvous.Join("127.0.0.1", port, rank, 2, TcpJob.Limit);
            Train(plan, ProcessEngine.OverNccl(processes, library));
        }))]);
        Assert.All(outcomes, outcome => TcpJob.AssertRefused(outcome, "PD5346", "NCCL is 2.23.4 for rank 0, and 2.21.5 for rank 1"));
    }

    /// <summary>The engine that the command line takes is NCCL where the plan says so, from where it is found.</summary>
    [Fact]
    public void A_plan_over_NCCL_is_run_over_the_library_that_is_found()
    {
        var plan = PlanFor("data 2") with { Engine = new EnginePlan(EngineKind.Nccl, "a test says so") };
        using var variable = new LibraryVariable("/nowhere/libnccl.so.2");
        var failure = Assert.Throws<RunFailedException>(() => Train(plan, LocalEngine.Of(plan)));
        Assert.Equal("PD5342", failure.Diagnostic.Code);
        variable.Set(FakeNccl.File);
        Assert.True(NcclLibrary.IsThere());
        var (losses, _) = Train(plan, LocalEngine.Of(plan));
        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
    }

    [Theory]
    [InlineData("data 3 bucket=200 B; shard optimizer")]
    [InlineData("pipeline 2 microbatches=4 schedule=interleaved chunks=3")]
    [InlineData("data 2 bucket=400 B; pipeline 2 microbatches=4 schedule=zero_bubble; shard parameters")]
    public void A_rank_that_fails_ends_all_with_one_message(string layout)
    {
        var plan = PlanFor(layout);
        var options = RunOptions.InMemory with { Probe = new Fault(plan.Ranks[1].Update[^2]) };
        var engine = new NcclThreadEngine(FakeNccl.Load());
        RunFailedException? failure = null;
        var outcome = Assert.Single(NcclThreads.OnThreads([() =>
        {
            using var session = SessionBuilder.Build(plan, options, engine, Specs.Data(plan.Program, SampleCount));
            failure = Assert.Throws<RunFailedException>(() => session.Step(3));
        }]));
        Assert.Null(outcome);
        Assert.Equal(("PD5101", 1), (failure!.Diagnostic.Code, failure.Rank!.Rank));
        Assert.Contains("broken on purpose", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    private static (double[] Losses, IReadOnlyList<long> Moved) Train(ExecutionPlan plan, IEngine engine)
    {
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory, engine, Specs.Data(plan.Program, SampleCount));
        return (Specs.Losses(session, stepCount: 4), [.. session.MovedBytes()]);
    }

    private static ExecutionPlan PlanFor(string layout) => Specs.Plan(
        "input [2, 8, 8]; target class 3",
        """
          conv2d 4 kernel=3 padding=1; batch_norm; relu; max_pool 2
          residual { conv2d 4 kernel=3 padding=1; batch_norm; silu }
          flatten
          linear 12; batch_norm; gelu; dropout 0.3
          residual { linear 8; tanh; linear 12 }
          linear 3
        """,
        "loss cross_entropy; optimizer adamw lr=1e-3; batch 24; clip 1; steps 12; seed 7; metric accuracy; precision float64",
        layout,
        SampleCount);

    /// <summary>Sets the variable that names the library, for a while.</summary>
    private sealed class LibraryVariable : IDisposable
    {
        private readonly string? before = Environment.GetEnvironmentVariable(NcclLibrary.OverrideVariable);

        public LibraryVariable(string path) => Set(path);

        public void Set(string path) => Environment.SetEnvironmentVariable(NcclLibrary.OverrideVariable, path);

        public void Dispose() => Environment.SetEnvironmentVariable(NcclLibrary.OverrideVariable, before);
    }

    /// <summary>Throws on rank 1 the second time that it comes to an action.</summary>
    private sealed class Fault(PlanAction action) : IActionProbe
    {
        private int times;

        public void Before(Rank rank, PlanAction next)
        {
            if (rank.Own.Rank == 1 && ReferenceEquals(next, action) && ++times == 2)
                throw new InvalidOperationException("broken on purpose");
        }
    }
}
