using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Modules;

/// <summary>The linear layer whose graph does not keep its weight has the gradients of PyTorch's.</summary>
public sealed class SteadyLinearTests
{
    private const int Rows = 5;
    private const int Inputs = 4;
    private const int Outputs = 3;

    public SteadyLinearTests() => NativeLibraries.Load();

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public void Its_gradients_are_those_of_a_linear_layer(bool isAsked, bool hasBias, bool isDeferred)
    {
        using var scope = NewDisposeScope();
        var (input, weight, bias) = Leaves(isAsked, hasBias);
        var outer = Numbers(Rows, Outputs);
        autograd.backward([nn.functional.linear(input, weight, bias)], [outer]);
        var expected = new[] { input.grad, weight.grad, bias?.grad }.Select(grad => grad?.clone()).ToArray();

        (input, weight, bias) = Leaves(isAsked, hasBias);
        weight.grad = zeros_like(weight);
        using var deferred = new DeferredGradients();
        var site = new SteadyLinear.Site(weight, bias, deferred, new CallbackFailure());
        var output = SteadyLinear.apply(input, weight, bias!, site);
        using (isDeferred ? deferred.Collect(0, 0) : (IDisposable?)null)
            autograd.backward([output], [outer]);
        if (isDeferred)
            deferred.Run(0, 0);
        site.Callbacks.ThrowIfAny();
        AssertSame(expected, [input.grad, weight.grad, bias?.grad]);
    }

    [Fact]
    public void The_gradient_of_an_input_that_nothing_has_made_is_not_computed()
    {
        using var scope = NewDisposeScope();
        var (input, weight, bias) = Leaves(isAsked: false, hasBias: true);
        weight.grad = zeros_like(weight);
        using var deferred = new DeferredGradients();
        var site = new SteadyLinear.Site(weight, bias, deferred, new CallbackFailure());
        using var guard = no_grad();
        Assert.Null(SteadyLinear.Gradients(input, Numbers(Rows, Outputs), site, isAsked: false)[0]);
        Assert.NotNull(SteadyLinear.Gradients(input, Numbers(Rows, Outputs), site, isAsked: true)[0]);
    }

    private static (Tensor Input, Tensor Weight, Tensor? Bias) Leaves(bool isAsked, bool hasBias) => (
        Numbers(Rows, Inputs).requires_grad_(isAsked),
        Numbers(Outputs, Inputs).requires_grad_(true),
        hasBias ? Numbers(1, Outputs).view(Outputs).requires_grad_(true) : null);

    private static Tensor Numbers(long rows, long columns) =>
        arange(rows * columns, dtype: ScalarType.Float64).sin_().view(rows, columns);

    private static void AssertSame(Tensor?[] expected, Tensor?[] found)
    {
        foreach (var (one, other) in expected.Zip(found))
        {
            Assert.Equal(one is null, other is null);
            if (one is not null)
                Assert.True(one.allclose(other!, 1e-12, 1e-12));
        }
    }
}
