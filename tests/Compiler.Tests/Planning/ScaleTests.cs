using System.Text.Json;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using ParDsl.Goldens;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>A GPT of 48 blocks over 1,024 ranks on 128 machines: planned, proven and printed, with the figures that it must have.</summary>
public sealed class ScaleTests
{
    private const string Spec = """
        data {
          source text "none.txt" length=128
        }

        model {
          embedding 256
          positions learned
          repeat 48 {
            residual { layer_norm; attention heads=8 causal=true }
            residual { layer_norm; linear 1024; gelu; linear 256 }
          }
          layer_norm
          linear vocabulary
        }

        train {
          loss      cross_entropy
          optimizer adamw lr=1e-3
          batch     1024
          epochs    1
        }

        parallel { data 64; pipeline 4 microbatches=8; tensor 4; nodes 128 }
        """;

    private static readonly Lazy<ExecutionPlan> Thousand = new(Plan);

    [Fact]
    public void The_plan_is_proven() => Assert.Empty(PlanChecker.Check(Thousand.Value));

    [Fact]
    public void Ranks_are_laid_over_machines_in_order_and_tensor_ranks_stay_within_one()
    {
        var ranks = Thousand.Value.Ranks;
        Assert.Equal(1024, ranks.Length);
        Assert.All(ranks, rank => Assert.Equal((rank.Rank / 8, rank.Rank % 8), (rank.Device.Machine, rank.Device.Index)));
        Assert.All(
            Thousand.Value.Groups.Where(group => group.Axis == MeshAxis.Tensor),
            group => Assert.Single(group.Ranks.Select(rank => ranks[rank].Device.Machine).Distinct()));
        Assert.DoesNotContain(Thousand.Value.Notes, note => note.Contains("reaches over machines", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rank_has_its_share()
    {
        var plan = Thousand.Value;
        Assert.Equal((16, 256, 256, 64, 1), (
            Count(plan, MeshAxis.Data), Count(plan, MeshAxis.Pipeline), Count(plan, MeshAxis.Tensor),
            Count(plan, GroupPlan.Replica), Count(plan, GroupPlan.World)));
        Assert.All(plan.Ranks, rank => Assert.True(rank.Memory.ParameterBytes < plan.ParameterCount * 4 / 8));
        var batch = plan.Batch;
        Assert.Equal((1024, 8, 64, 2), (batch.GlobalBatch, batch.MicroBatchCount, batch.DataDegree, batch.RankMicroBatch));
    }

    [Fact]
    public void Its_text_can_be_read()
    {
        var lines = PlanPrinter.Print(Thousand.Value).Split('\n');
        Assert.Contains("engine      mpi, since the ranks are processes without GPUs", lines);
        Assert.InRange(lines.Length, 100, 1500);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 240));
    }

    [Fact]
    public void Its_json_names_each_ranks_machine()
    {
        using var json = JsonDocument.Parse(PlanJson.Write(Thousand.Value));
        var machines = json.RootElement.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("machine").GetString());
        Assert.Equal(Enumerable.Range(0, 1024).Select(rank => $"machine {rank / 8}"), machines);
        Assert.Equal("mpi", json.RootElement.GetProperty("engine").GetProperty("name").GetString());
    }

    private static int Count(ExecutionPlan plan, string axis) => plan.Groups.Count(group => group.Axis == axis);

    private static ExecutionPlan Plan()
    {
        var syntax = Parser.parse(new SourceFile("gpt.pd", Spec));
        Assert.Empty(syntax.Diagnostics);
        var program = Checker.Check(syntax.Program, new DatasetDescription(Shape.Of(128), 128, 100_000, 0) { Vocabulary = 64 });
        Assert.Empty(program.Diagnostics);
        return Programs.Plan(program.Value!, new HardwareDescription("node", 64, 512L << 30, []), Programs.Ask(8));
    }
}
