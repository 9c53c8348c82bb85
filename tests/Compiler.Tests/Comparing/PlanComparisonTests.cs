using System.Text.Json;
using ParDsl.Compiler.Comparing;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using ParDsl.Compiler.Tests.Planning;
using ParDsl.Compiler.Tests.Printing.Pages;
using Xunit;

namespace ParDsl.Compiler.Tests.Comparing;

public sealed class PlanComparisonTests
{
    private const string Model = "embedding 32; positions learned; fc: linear 64; relu; linear vocabulary";
    private const string Train = "loss cross_entropy; optimizer adamw lr=1e-3; batch 64; epochs 1; seed 7";

    [Fact]
    public void A_plan_beside_itself_is_the_same_in_everything()
    {
        var comparison = PlanComparison.Of(PagePlans.Mesh.Value, PagePlans.Mesh.Value);
        Assert.Empty(comparison.Learning);
        Assert.Empty(comparison.Watching);
        Assert.Empty(comparison.Execution);
        Assert.Equal("the same learning\nthe same execution\n", ComparisonPrinter.Print(comparison, "a.pd", "b.pd"));
    }

    [Fact]
    public void Two_texts_of_one_program_teach_the_same()
    {
        var (written, unrolled) = (
            Plan("repeat 2 { linear 32; relu }; linear vocabulary".Insert(0, "embedding 32; "), Train),
            Plan("embedding 32; repeat 2 { linear 32 bias=true; relu }; linear vocabulary", Train.Replace("1e-3", "0.001", StringComparison.Ordinal)));
        Assert.Empty(PlanComparison.Of(written, unrolled).Learning);
    }

    [Fact]
    public void A_layout_changes_the_execution_and_not_the_learning()
    {
        var comparison = PlanComparison.Of(Plan(Model, Train, "data 2"), Plan(Model, Train, "data 4; shard optimizer"));
        Assert.Empty(comparison.Learning);
        Assert.Contains(new Difference("layout", "data 2", "data 4, shard optimizer"), comparison.Execution);
        Assert.Contains(new Difference("ranks", "2", "4"), comparison.Execution);
        Assert.Contains(new Difference("shard", "", "optimizer"), comparison.Execution);
        Assert.Contains(comparison.Execution, found => found.What == "memory of the fullest rank");
        Assert.Contains(comparison.Execution, found => found.What == "  reduce-scatter" && found.Before.Length == 0);
        Assert.Contains(comparison.Execution, found => found.What == "predicted time of an update");
    }

    [Theory]
    [InlineData("data 2", "data 2 bucket=8 KiB", "gradient buckets")]
    [InlineData("data 2", "data 2; check_replicas every=10 steps", "replicas compared")]
    [InlineData("pipeline 2", "pipeline 2 at=[fc]", "stages begin with")]
    public void What_a_layout_says_beside_its_degrees_is_compared_too(string before, string after, string what)
    {
        var comparison = PlanComparison.Of(Plan(Model, Train, before), Plan(Model, Train, after));
        Assert.Empty(comparison.Learning);
        Assert.Contains(comparison.Execution, found => found.What == what);
    }

    [Fact]
    public void What_only_the_second_plan_has_stands_where_it_has_it()
    {
        var comparison = PlanComparison.Of(Plan(Model, Train, "data 2"), Plan(Model, Train, "data 2; shard optimizer"));
        var names = comparison.Execution.Select(found => found.What).ToList();
        string[] order = ["  all-gather", "  all-reduce", "  reduce-scatter", "predicted time of an update"];
        Assert.Equal(order, names.Intersect(order));
    }

    [Theory]
    [InlineData("seed 7", "seed 8", "seed", "7", "8")]
    [InlineData("batch 64", "batch 128", "batch", "64", "128")]
    [InlineData("epochs 1", "epochs 2", "epochs", "1", "2")]
    public void What_the_train_block_says_is_compared_by_name(string before, string after, string what, string first, string second)
    {
        var comparison = PlanComparison.Of(Plan(Model, Train), Plan(Model, Train.Replace(before, after, StringComparison.Ordinal)));
        Assert.Equal([new Difference(what, first, second)], comparison.Learning);
    }

    [Fact]
    public void Metrics_and_checkpoints_are_apart_from_learning()
    {
        var comparison = PlanComparison.Of(Plan(Model, Train), Plan(Model, Train + "; metric accuracy; checkpoint every=10 steps"));
        Assert.Empty(comparison.Learning);
        Assert.Equal(["checkpoint", "metric"], comparison.Watching.Select(found => found.What).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_layer_that_became_another_stands_beside_it()
    {
        var learning = PlanComparison.Of(Plan(Model, Train), Plan(Model.Replace("linear 64", "linear 128", StringComparison.Ordinal), Train)).Learning;
        Assert.Contains(new Difference("layer fc", "linear 64: [128, 32] to [128, 64]", "linear 128: [128, 32] to [128, 128]"), learning);
        Assert.Contains(learning, found => found.What == "parameters");
        Assert.DoesNotContain(learning, found => found.What.StartsWith("layer 0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_layer_that_came_in_between_moves_names_and_changes_nothing_else()
    {
        var learning = PlanComparison.Of(Plan(Model, Train), Plan(Model.Replace("positions learned; ", "positions learned; dropout 0.1; ", StringComparison.Ordinal), Train)).Learning;
        Assert.Equal(
            [
                new Difference("layers", "5", "6"),
                new Difference("operations a sample", Find(learning, "operations a sample").Before, Find(learning, "operations a sample").After),
                new Difference("layer 2", "", "dropout rate=0.1: [128, 32] to [128, 32]"),
                new Difference("names of 1 layer, so first values", "4", "5"),
            ],
            learning);
    }

    [Fact]
    public void Bytes_by_kind_are_all_bytes() =>
        Assert.Equal(UpdateTraffic.Total(PagePlans.Mesh.Value), UpdateTraffic.ByKind(PagePlans.Mesh.Value).Values.Sum());

    [Fact]
    public void Json_says_what_the_text_says()
    {
        var comparison = PlanComparison.Of(Plan(Model, Train, "data 2"), Plan(Model, Train, "tensor 2"));
        var line = ComparisonJson.Write(comparison, "a.pd", "b.pd");
        using var json = JsonDocument.Parse(line);
        Assert.Equal("diff", json.RootElement.GetProperty("event").GetString());
        Assert.True(json.RootElement.GetProperty("same_learning").GetBoolean());
        Assert.False(json.RootElement.GetProperty("same_execution").GetBoolean());
        var layout = json.RootElement.GetProperty("execution")[0];
        Assert.Equal(("layout", "data 2", "tensor 2"), (layout.GetProperty("what").GetString(), layout.GetProperty("before").GetString(), layout.GetProperty("after").GetString()));
        Assert.DoesNotContain('\n', line);
    }

    private static Difference Find(IEnumerable<Difference> all, string what) => all.Single(found => found.What == what);

    private static ExecutionPlan Plan(string model, string train, string parallel = "data 2")
    {
        var program = PagePlans.Program($$"""
            data { source text "none.txt" length=128 }
            model { {{model}} }
            train { {{train}} }
            parallel { {{parallel}} }
            """);
        return Programs.Plan(program, PagePlans.Hardware(4), Programs.Ask(parallel.Contains('4', StringComparison.Ordinal) ? 4 : 2));
    }
}
