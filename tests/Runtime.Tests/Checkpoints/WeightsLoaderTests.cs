using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Native;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Checkpoints;

public sealed class WeightsLoaderTests : IDisposable
{
    private static readonly CheckedModel Model = new(Shape.Of(3),
    [
        Layer(
            "fc",
            [Parameter("fc.weight", 2, 3), Parameter("fc.bias", 2)],
            [new CheckedBuffer("fc.count", Shape.Of(), 0, IsInteger: true)]),
    ]);

    private readonly TemporaryFolder folder = new();
    private readonly TorchSharp.DisposeScope scope;

    public WeightsLoaderTests()
    {
        NativeLibraries.Load();
        scope = NewDisposeScope();
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Weights_that_fit_are_loaded_in_any_floating_type()
    {
        Write(("fc.weight", ones(2, 3, dtype: ScalarType.BFloat16)), ("fc.bias", zeros(2)), ("fc.count", tensor(4L)));
        using var weights = WeightsLoader.Open(folder["w.safetensors"], Model);
        Assert.Equal(["fc.bias", "fc.count", "fc.weight"], weights.ByName.Keys);
        Assert.Equal(4L, weights.Read("fc.count", null, 0, 1)!.item<long>());
        Assert.Null(weights.Read("fc.other", null, 0, 1));
    }

    [Fact]
    public void Everything_that_does_not_fit_is_named_at_once()
    {
        Write(("fc.weight", ones(3, 2)), ("fc.count", ones(1).squeeze()), ("head.bias", zeros(7)));
        var failure = Assert.Throws<RunFailedException>(() => WeightsLoader.Open(folder["w.safetensors"], Model));
        Assert.Equal("PD5209", failure.Diagnostic.Code);
        Assert.Equal(
            $"the weights in `{folder["w.safetensors"]}` do not fit the model: `fc.bias` [2] is missing; "
            + "`head.bias` [7] is not in the model; `fc.count` is F32 where the model has I64; "
            + "`fc.weight` is [3, 2] where the model has [2, 3]",
            failure.Diagnostic.Message);
    }

    [Fact]
    public void A_long_list_is_cut_and_counted()
    {
        Write([.. Enumerable.Range(0, 40).Select(index => ($"x{index:00}", ones(1)))]);
        var failure = Assert.Throws<RunFailedException>(() => WeightsLoader.Open(folder["w.safetensors"], Model));
        Assert.EndsWith("; and 31 more", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    private void Write(params (string Name, Tensor Value)[] tensors) => SafetensorsFile.Write(
        folder["w.safetensors"],
        tensors.Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Value)),
        ImmutableSortedDictionary<string, string>.Empty);

    private static CheckedParameter Parameter(string name, params long[] sizes) =>
        new(name, Shape.Of(sizes), new Initialization.Constant(0));

    private static CheckedLayer Layer(string name, ImmutableArray<CheckedParameter> parameters, ImmutableArray<CheckedBuffer> buffers) =>
        new(0, name, "linear", CheckedArguments.None, [CheckedLayer.ModelInput], [Shape.Of(3)], Shape.Of(2), parameters, buffers, 12, 5, null!);
}
