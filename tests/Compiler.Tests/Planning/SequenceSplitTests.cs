using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using ParDsl.Compiler.Tests.Checking;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>How tensor ranks divide the places of a sequence, and what follows from it for what moves.</summary>
public sealed class SequenceSplitTests
{
    private const string Text = "source text \"words.txt\" length=6";
    private const string Numbers = "source synthetic 320; input [6, 4]; target [6, 4]";
    private const string Block = "residual { layer_norm; attention heads=4 }";

    /// <summary>A place is a layer whose output is divided: * behind its kind.</summary>
    [Theory]
    [InlineData($"embedding 8; positions learned; {Block}; linear vocabulary", "Vocabulary* Sequence* Sequence* Heads* Sequence* Column")]
    [InlineData("embedding 8; linear 6; gelu; linear 8; linear vocabulary", "Vocabulary* Column Kept Row* Column")]
    [InlineData("embedding 8; linear 5; softmax; linear 7; linear vocabulary", "Vocabulary* Sequence* Sequence* Sequence* Column")]
    [InlineData("a: embedding 8; b: rms_norm; dropout; concat b axis=2; multiply b axis=2; linear vocabulary", "PD2012")]
    [InlineData("embedding 8; b: rms_norm; dropout; concat b axis=2; linear vocabulary", "Vocabulary* Sequence* Sequence* Sequence* Column")]
    public void Values_that_would_be_whole_are_divided(string model, string expected) => Assert.Equal(expected, Kinds(Of(Text, model)));

    [Fact]
    public void A_layer_that_mixes_places_is_whole_and_what_follows_takes_places_again()
    {
        var plan = PlanOf(Of(Numbers.Replace("target [6, 4]", "target [12, 4]", StringComparison.Ordinal), "a: layer_norm; relu; concat a axis=1; linear 5; linear 4"));
        Assert.Equal("Sequence* Sequence* Whole Sequence* Sequence*", Kinds(plan));
        Assert.Equal(
            [[ValueEntry.TakePlaces], [ValueEntry.AsIs], [ValueEntry.GatherAlike, ValueEntry.GatherAlike], [ValueEntry.TakePlaces], [ValueEntry.AsIs]],
            plan.LocalModel.Layers.Select(layer => plan.Tensor.Entries(layer).ToArray()));
    }

    [Fact]
    public void A_rank_has_the_numbers_of_its_places()
    {
        var plan = PlanOf(Of(Text, $"embedding 8; positions learned; {Block}; linear vocabulary"));
        Assert.Equal(
            ["[3, 8]", "[3, 8]", "[3, 8]", "[3, 8]", "[3, 8]", "[6, 10]"],
            plan.LocalModel.Layers.Select(layer => layer.Output.ToString()));
        var positions = plan.Ranks[1].Buckets[0].Parameters.Single(placed => placed.Parameter.Name == "1.weight");
        Assert.Equal((Shape.Of(3, 8), 1), (positions.Shape, positions.Slice!.Index));
    }

    [Fact]
    public void Gradients_of_what_all_ranks_have_whole_are_parts_of_a_sum()
    {
        var plan = PlanOf(Of(Text, $"embedding 8; positions learned; {Block}; linear vocabulary"));
        Assert.Equal(["2.0.bias", "2.0.weight", "2.1.out_proj.bias"], plan.Tensor.PartialGradients);
        Assert.All(plan.Ranks, rank => Assert.Equal(
            [new PlanAction.SumPartialGradients(0, 3 * 8 * sizeof(float))], rank.Update.OfType<PlanAction.SumPartialGradients>()));
    }

    /// <summary>A shard's owner sums what lies in the shard.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("; shard optimizer")]
    [InlineData("; shard gradients")]
    [InlineData("; shard parameters")]
    public void Each_data_rank_sums_what_it_updates(string shard)
    {
        var plan = PlanOf(Of(Text, $"embedding 8; positions learned; {Block}; linear vocabulary", $"data 2; tensor 2 sequence=true{shard}"));
        var sums = plan.Ranks.Select(rank => rank.Update.OfType<PlanAction.SumPartialGradients>().Sum(sum => sum.Bytes)).ToArray();
        Assert.Equal(3 * 8 * sizeof(float), shard.Length == 0 ? sums[0] : sums[0] + sums[2]);
        Assert.Equal((sums[0], sums[2]), (sums[1], sums[3]));
    }

    [Fact]
    public void The_plan_says_what_is_gathered_and_scattered()
    {
        var update = PlanOf(Of(Text, "embedding 8; layer_norm; linear 6; gelu; linear 8; linear vocabulary")).Ranks[0].Update;
        var (places, whole) = (3 * 8 * 32, 6 * 8 * 32);
        var forward = Assert.Single(update.OfType<PlanAction.Forward>()).Collectives;
        Assert.Equal(
            [
                Moved(0, CollectiveKind.ReduceScatter, whole), // the embedding's rows
                Moved(2, CollectiveKind.AllGather, places),
                Moved(4, CollectiveKind.ReduceScatter, whole),
                Moved(5, CollectiveKind.AllGather, places),
            ],
            forward[..4]);
        Assert.Equal((5, CollectiveKind.AllGather), (forward[4].Layer, forward[4].Kind)); // numbers of each row for the loss
        Assert.Equal(
            [
                Moved(5, CollectiveKind.ReduceScatter, whole),
                Moved(4, CollectiveKind.AllGather, places),
                Moved(2, CollectiveKind.ReduceScatter, whole),
                Moved(0, CollectiveKind.AllGather, places),
            ],
            Assert.Single(update.OfType<PlanAction.Backward>()).Collectives);
    }

    [Fact]
    public void Stages_hand_on_places()
    {
        var plan = PlanOf(Of(Text, $"embedding 8; {Block}; linear vocabulary", "pipeline 2 microbatches=2; tensor 2 sequence=true"));
        Assert.All(
            plan.Ranks.SelectMany(rank => rank.Update).OfType<PlanAction.SendValue>(),
            send => Assert.Equal(3 * 8 * 16 * sizeof(float), send.Bytes));
    }

    [Fact]
    public void Activations_between_shared_layers_take_less_memory()
    {
        var model = $"embedding 64; repeat 4 {{ {Block}; residual {{ layer_norm; linear 64; gelu; linear 64 }} }}; linear vocabulary";
        var (divided, whole) = (PlanOf(Of(Text, model)), PlanOf(Of(Text, model, "tensor 2")));
        Assert.InRange(divided.Ranks[0].Memory.ActivationBytes, 0, (long)(0.9 * whole.Ranks[0].Memory.ActivationBytes));
    }

    /// <summary>One use of the weight at a rank's places and one on all would make sums of parts and wholes.</summary>
    [Fact]
    public void A_tied_weight_is_used_at_places_by_all_layers_or_by_none()
    {
        const string data = "source synthetic 320; input [6, 5]; target [5]";
        var apart = PlanOf(Of(data, "a: linear 5; layer_norm; flatten; linear 5; linear 5 tied=a"));
        Assert.Equal("Whole Sequence* Whole Whole Whole", Kinds(apart));
        Assert.Equal(["1.bias", "1.weight"], apart.Tensor.PartialGradients);
        var together = PlanOf(Of(Numbers, "a: linear 4; layer_norm; linear 4 tied=a", "tensor 3 sequence=true"));
        Assert.Equal("Sequence* Sequence* Sequence*", Kinds(together));
        Assert.Contains("a.weight", together.Tensor.PartialGradients);
    }

    [Theory]
    [InlineData("tensor 4 sequence=true", "PD4032", "it has 6: 6 = 4 x 1 + 2", "write `tensor 2 sequence=true`, or `length=4`, or `length=8`, or `tensor 4` alone")]
    [InlineData("tensor 8 sequence=true", "PD4032", "it has 6: 6 = 8 x 0 + 6", "write `tensor 2 sequence=true`, or `length=8`, or `tensor 8` alone")]
    public void A_sequence_that_cannot_be_divided_is_refused_with_the_arithmetic(string layout, string code, string message, string help)
    {
        var finding = Refusal(Of(Text, "embedding 8; residual { layer_norm; attention heads=8 }; linear vocabulary", layout));
        Assert.Equal(code, finding.Code);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(help, finding.Help);
    }

    /// <summary>A sequence of input that the first layer joins with itself is twice as long as the input.</summary>
    [Theory]
    [InlineData(5, "tensor 4 sequence=true", "it has 10: 10 = 4 x 2 + 2", "`input [4, 8]`, or `input [6, 8]`")]
    [InlineData(5, "tensor 3 sequence=true", "it has 10: 10 = 3 x 3 + 1", "`input [3, 8]`, or `input [6, 8]`")]
    [InlineData(1, "tensor 8 sequence=true", "it has 2: 2 = 8 x 0 + 2", "`input [4, 8]`")]
    public void Where_the_first_layer_joins_the_input_its_own_length_is_said(int length, string layout, string message, string lengths)
    {
        const string model = "branches concat axis=1 { branch { }; branch { } }; layer_norm; linear 8; flatten; linear 4";
        string Data(string input) => $"source synthetic 320; {input}; target [4]";
        var finding = Refusal(Of(Data($"input [{length}, 8]"), model, layout));
        Assert.Equal("PD4032", finding.Code);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Contains(lengths, finding.Help, StringComparison.Ordinal);
        foreach (var mend in lengths.Split(", or "))
            Assert.NotNull(PlanOf(Of(Data(mend.Trim('`')), model, layout)));
    }

    /// <summary>What is written instead is not refused again, for other heads or for the sequence.</summary>
    [Theory]
    [InlineData("tensor 8", "write `tensor 4`, or other `heads`")]
    [InlineData("tensor 8 sequence=true", "write `tensor 2 sequence=true`, or other `heads`")]
    public void Heads_that_cannot_be_shared_are_refused_with_a_degree_that_fits(string layout, string help)
    {
        const string model = "embedding 24; attention heads=12; attention heads=4; linear vocabulary";
        var finding = Refusal(Of(Text, model, layout));
        Assert.Equal("PD4030", finding.Code);
        Assert.Equal(help, finding.Help);
    }

    [Theory]
    [InlineData("source synthetic 320; input [10]; target [5]", "linear 8; relu; linear 5", "it takes [10] and gives [5]")]
    [InlineData("source synthetic 320; input [1, 8, 8]; target [4]", "conv2d 4; relu; flatten; linear 4", "it takes [1, 8, 8] and gives [4]")]
    [InlineData("source synthetic 320; input [6, 4]; target [4]", "flatten; linear 8; relu; linear 4", "no layer of the model works place by place")]
    [InlineData("source synthetic 320; input [7, 4]; target [4]", "flatten; linear 8; relu; linear 4", "no layer of the model works place by place")]
    public void A_model_without_a_sequence_is_refused(string data, string model, string message)
    {
        var finding = Refusal(Of(data, model));
        Assert.Equal("PD4033", finding.Code);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal("write `tensor 2`", finding.Help);
    }

    [Fact]
    public void Where_nothing_is_shared_without_it_either_that_is_what_is_said()
    {
        Assert.Equal("PD4031", Refusal(Of("source synthetic 320; input [10]; target [5]", "layer_norm; linear 5")).Code);
        var help = Refusal(Of("source synthetic 320; input [5, 4]; target [5, 4]", "layer_norm; linear 4")).Help;
        Assert.Equal("write `input [4, 4]`, or `input [6, 4]`", help);
    }

    [Fact]
    public void One_tensor_rank_has_nothing_to_divide() => Assert.Contains(
        "`sequence=true` has nothing to divide: there is one tensor rank",
        PlanOf(Of(Text, "embedding 8; linear vocabulary", "tensor 1 sequence=true")).Notes);

    [Fact]
    public void The_plan_of_a_divided_sequence_is_text_that_a_person_reads() => Golden.Check(
        "plans/tensor-2-sequence.txt",
        PlanPrinter.Print(PlanOf(Of(
            Text,
            $"tokens: embedding 8; positions learned; dropout 0.1; {Block}; residual {{ layer_norm; linear 16; gelu; linear 8 }}; linear vocabulary tied=tokens",
            "data 2; tensor 2 sequence=true; shard optimizer"))));

    private static LayerCollective Moved(int layer, CollectiveKind kind, long elements) =>
        new(layer, kind, 0, elements, elements * sizeof(float));

    private static string Kinds(StageResult<CheckedProgram> program) => program.Value is { } checkedProgram
        ? Kinds(PlanOf(checkedProgram))
        : Spec.Only(program).Code;

    private static string Kinds(ExecutionPlan plan) =>
        string.Join(' ', plan.Tensor.Layers.Select(split => $"{split.Kind}{(split.DividesSequence ? "*" : "")}"));

    private static ExecutionPlan PlanOf(StageResult<CheckedProgram> program)
    {
        Assert.Empty(program.Diagnostics.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Message}"));
        return PlanOf(program.Value!);
    }

    private static ExecutionPlan PlanOf(CheckedProgram program)
    {
        var plan = Programs.Plan(program, Programs.Laptop);
        Assert.Empty(PlanChecker.Check(plan).Select(finding => finding.Message));
        return plan;
    }

    private static ParDsl.Diagnostics.Diagnostic Refusal(StageResult<CheckedProgram> program) =>
        Programs.Refusal(program.Value!, Programs.Laptop);

    private static StageResult<CheckedProgram> Of(string data, string model, string layout = "tensor 2 sequence=true")
    {
        var train = data == Text ? "loss cross_entropy; optimizer adamw; batch 32; metric accuracy" : Spec.Train;
        return Spec.Check(Spec.Of(data: data, model: model, train: train, parallel: $"parallel {{ {layout} }}"));
    }
}
