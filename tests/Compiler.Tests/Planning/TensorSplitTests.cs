using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Checking;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>How tensor ranks share the layers of a model, as the planner derives it.</summary>
public sealed class TensorSplitTests
{
    private const string Classes = "source synthetic 320; input [2, 8, 8]; target class 4";
    private const string Logits = "loss cross_entropy; optimizer adamw; batch 32; metric accuracy";

    [Theory]
    [InlineData("linear 8; relu; linear 5", "Column Kept Row")]
    [InlineData("linear 8; relu; linear 6; linear 5", "Column Kept Row Whole")]
    [InlineData("linear 7; relu; linear 5", "PD4031")] // 2 does not divide 7
    [InlineData("linear 8; layer_norm; linear 5", "PD4031")] // a norm needs all features
    [InlineData("residual { linear 6; gelu; linear 10 }; linear 5", "Column Kept Row Whole Whole")]
    [InlineData("a: linear 8; relu; linear 8; add a; linear 5", "PD4031")] // the bypass would be cut
    [InlineData("branches add { branch { linear 8; tanh; linear 6 } branch { linear 6 } }; linear 5", "Column Kept Row Whole Whole Whole")]
    public void Linears_are_paired_so_that_one_sum_serves_two(string model, string expected) =>
        Assert.Equal(expected, Kinds(Spec.Right(Spec.Of(model: model)), 2));

    [Fact]
    public void Channels_stay_parts_through_norms_pools_and_flattening() => Assert.Equal(
        "Column Kept Kept Kept Kept Row Whole Column",
        Kinds(Right(Classes, "conv2d 4 padding=1; batch_norm; relu; max_pool 2; flatten; linear 6; relu; linear 4", Logits), 2));

    [Fact]
    public void A_loss_over_classes_takes_each_ranks_part_of_the_logits()
    {
        Assert.Equal("Whole Column", Kinds(Right(Classes, "flatten; linear 4", Logits), 2));
        Assert.Equal("PD4031", Kinds(Right(Classes, "flatten; linear 4", Logits), 8)); // 8 does not divide 4
    }

    [Fact]
    public void A_parameter_that_is_cut_is_smaller_on_every_rank()
    {
        var plan = PlanOf(Spec.Right(Spec.Of(model: "linear 8; relu; linear 5")), 2);
        Assert.Equal(
            ["2.weight [5, 4]", "2.bias [5]", "0.weight [4, 10]", "0.bias [4]"],
            plan.Ranks[1].Buckets[0].Parameters.Select(placed => $"{placed.Parameter.Name} {placed.Shape}"));
        Assert.Empty(PlanChecker.Check(plan));
    }

    [Fact]
    public void The_plan_says_which_sums_move_which_bytes()
    {
        var update = PlanOf(Spec.Right(Spec.Of(model: "linear 10; linear 8; relu; linear 10; linear 5")), 2).Ranks[0].Update;
        var forward = Assert.Single(update.OfType<PlanAction.Forward>());
        Assert.Equal([new LayerCollective(1, CollectiveKind.AllReduce, 0, 8 * 32, 8 * 32 * 4), new LayerCollective(4, CollectiveKind.AllReduce, 0, 5 * 32, 5 * 32 * 4)], forward.Collectives);
        var backward = Assert.Single(update.OfType<PlanAction.Backward>());
        Assert.Equal([new LayerCollective(3, CollectiveKind.AllReduce, 0, 8 * 32, 8 * 32 * 4)], backward.Collectives);
    }

    /// <summary>Each layer's split, or the code of the refusal.</summary>
    private static string Kinds(CheckedProgram program, int degree)
    {
        var result = Planner.Plan(WithTensor(program, degree), Programs.Laptop, DeviceRequest.Unstated);
        return result.Value is { } plan
            ? string.Join(' ', plan.Tensor.Layers.Select(split => split.Kind))
            : Assert.Single(result.Diagnostics).Code;
    }

    private static ExecutionPlan PlanOf(CheckedProgram program, int degree) =>
        Programs.Plan(WithTensor(program, degree), Programs.Laptop);

    private static CheckedProgram WithTensor(CheckedProgram program, int degree) => program with
    {
        Parallel = program.Parallel with { IsAuto = false, Tensor = new TensorRequest(degree, DividesSequence: false, program.Parallel.Span) },
    };

    private static CheckedProgram Right(string data, string model, string train) =>
        Spec.Right(Spec.Of(data: data, model: model, train: train));
}
