using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Native;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Modules;

public sealed class CallbackFailureTests
{
    static CallbackFailureTests() => NativeLibraries.Load();

    /// <summary>As autograd calls it for layer after layer of one backward pass, within the scope of an action.</summary>
    [Fact]
    public void A_callback_frees_what_it_was_given_and_what_the_one_before_gave()
    {
        using var action = NewDisposeScope();
        var callbacks = new CallbackFailure();
        Tensor? made = null;
        var (outer, saved) = (ones(3), ones(3));
        var first = callbacks.Gradients([outer, saved], () => [(made = outer.add(saved)).mul(2), null!], () => []);

        Assert.All([outer, saved, made!], tensor => Assert.True(tensor.IsInvalid));
        Assert.Equal(4, first[0].sum().item<float>() / 3);

        var second = callbacks.Gradients([ones(1)], () => [zeros(2)], () => []);
        Assert.True(first[0].IsInvalid);
        Assert.False(second[0].IsInvalid);
    }

    [Fact]
    public void After_a_failure_substitutes_are_given_and_the_rank_learns_of_it()
    {
        using var action = NewDisposeScope();
        var callbacks = new CallbackFailure();
        var failed = callbacks.Gradients([ones(1)], () => throw new NotSupportedException("no such sum"), () => [zeros(1)]);
        var next = callbacks.Gradients([ones(1)], () => [ones(1)], () => [zeros(1)]);

        Assert.True(failed[0].IsInvalid);
        Assert.Equal(0, next[0].item<float>());
        Assert.Throws<NotSupportedException>(callbacks.ThrowIfAny);
    }
}
