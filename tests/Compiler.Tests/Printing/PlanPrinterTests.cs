using System.Text.Json;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Printing;

public sealed class PlanPrinterTests
{
    private static readonly ExecutionPlan FourRanks = Plan(Small(degree: 4, accumulate: 2), Laptop);

    [Fact]
    public void A_plan_is_text_that_a_person_reads() => Goldens.Golden.Check("plans/small-4.txt", PlanPrinter.Print(FourRanks));

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void On_a_terminal_its_tables_keep_to_the_columns(int width)
    {
        var plan = Plan(Small(batch: 64).With(Replicas(2), Stages(2, microBatches: 4)), Laptop);
        Goldens.Golden.Check($"plans/data-2-pipeline-2-of-{width}-columns.txt", PlanPrinter.Print(plan, width));
    }

    [Fact]
    public void A_single_device_is_plain() => Goldens.Golden.Check("plans/small-1.txt", PlanPrinter.Print(Plan(Small(isAuto: true), Laptop)));

    [Fact]
    public void A_mesh_of_replicas_and_stages_says_what_replicas_share_once() => Goldens.Golden.Check(
        "plans/data-2-pipeline-2.txt",
        PlanPrinter.Print(Plan(Small(batch: 64).With(Replicas(2), Stages(2, microBatches: 4)), Laptop)));

    [Fact]
    public void A_mesh_that_shards_its_parameters_fetches_them_bucket_by_bucket() => Goldens.Golden.Check(
        "plans/data-2-pipeline-2-shard-parameters.txt",
        PlanPrinter.Print(Plan(
            Small(batch: 64).With(
                Replicas(2, ShardLevel.Parameters, bucketBytes: 64), Stages(2, 4, ScheduleKind.Gpipe)),
            Laptop)));

    [Fact]
    public void Ranks_that_do_something_else_stand_apart()
    {
        var odd = FourRanks.Ranks[2] with { Evaluate = [] };
        var text = PlanPrinter.Print(FourRanks with { Ranks = FourRanks.Ranks.SetItem(2, odd) });
        Assert.Contains("\nranks 0-1, 3:\n", text);
        Assert.Contains("\nrank 2:\n", text);
    }

    [Fact]
    public void Json_is_one_line_that_says_what_the_text_says()
    {
        var line = PlanJson.Write(FourRanks);
        Goldens.Golden.Check("plans/small-4.json", line + "\n");
        using var json = JsonDocument.Parse(line);
        Assert.DoesNotContain('\n', line);
        Assert.Equal("plan", json.RootElement.GetProperty("event").GetString());
        Assert.Equal("data 4", json.RootElement.GetProperty("strategy").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("devices").GetArrayLength());
        Assert.Equal(4, json.RootElement.GetProperty("ranks").GetInt32());
        Assert.Equal(108, json.RootElement.GetProperty("parameters").GetInt64());
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData((1L << 20) - 52, "1023.9 KiB")]
    [InlineData((1L << 20) - 51, "1 MiB")]
    [InlineData((1L << 40) - 1, "1 TiB")]
    [InlineData(16L << 30, "16 GiB")]
    [InlineData(long.MaxValue, "8 EiB")]
    public void Bytes_are_said_in_powers_of_1024(long bytes, string words) => Assert.Equal(words, ByteText.Of(bytes));
}
