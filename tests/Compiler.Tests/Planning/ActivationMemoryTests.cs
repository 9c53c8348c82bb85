using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>What comes and goes in an update, in numbers of one sample of 32, float32.</summary>
public sealed class ActivationMemoryTests
{
    /// <summary>
    /// The input and what relu gives are kept. At the peak, backward through relu, the gradients of its output and its input are
    /// there.
    /// </summary>
    [Fact]
    public void Gradients_are_there_beside_what_is_kept()
    {
        var memory = Plan(Of([("linear", 8L), ("relu", null), ("linear", 4L)]), Laptop).Ranks[0].Memory;
        Assert.Equal((6 + 8 + 8 + 8) * 32 * sizeof(float), memory.ActivationBytes);
    }

    /// <summary>libtorch makes the gradient of batch norm's input twice; ranks that share statistics have a pass of their own.</summary>
    [Fact]
    public void Batch_norm_of_one_rank_takes_room_for_two_gradients_on_cores()
    {
        var program = Of([("linear", 64L), ("batch_norm", null), ("linear", 4L)]);
        // Kept are the sample and the norm's input; then its gradients: the output's, and the input's twice.
        Assert.Equal((6 + 64 + (3 * 64)) * 32 * sizeof(float), Plan(program, Laptop).Ranks[0].Memory.ActivationBytes);
        // Elsewhere the most is at the last layer, which keeps its input too.
        Assert.Equal((6 + 64 + 64 + 64 + 4) * 32 * sizeof(float), Plan(program, Gpus(1)).Ranks[0].Memory.ActivationBytes);
    }

    /// <summary>
    /// The most is needed at relu, 256 numbers and their gradients wide, when two products have gone backward. Where their weights'
    /// gradients come later, the gradient of the first one's output and both factors of the second one, but for the gradient that
    /// came from the other stage, are still there: 8 numbers each.
    /// </summary>
    [Fact]
    public void Factors_of_later_products_are_there_where_their_weights_come_later()
    {
        var program = Of([("linear", 256L), ("relu", null), ("linear", 8L), ("linear", 4L), ("linear", 4L)]);
        Assert.Equal((8 + 8) * 32 * sizeof(float), Bytes(ScheduleKind.ZeroBubble) - Bytes(ScheduleKind.OneForwardOneBackward));

        long Bytes(ScheduleKind schedule) => Plan(
            program.With(null, Stages(2, 1, schedule) with { Cuts = ["4"] }), Laptop).Ranks[0].Memory.ActivationBytes;
    }

    [Fact]
    public void An_update_ends_with_nothing_kept_but_messages()
    {
        var plan = Plan(Of([("linear", 8L), ("relu", null), ("linear", 8L), ("linear", 4L)]).With(null, Stages(2, 4)), Laptop);
        foreach (var rank in plan.Ranks)
        {
            Assert.Equal(rank.Update.Length, rank.Activations.Length);
            Assert.Equal(rank.Memory.ActivationBytes, rank.Activations.Max(action => action.During));
            // One message in one direction: what goes over to the other stage, 8 numbers of 8 samples.
            Assert.InRange(rank.Activations[^1].After, 4 * 8 * sizeof(float), 8 * 8 * sizeof(float));
        }
    }
}
