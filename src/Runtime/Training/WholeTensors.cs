using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Ranks.Memory;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>Tensors on the CPU that are put together of the parts that ranks have.</summary>
internal sealed class WholeTensors
{
    private readonly SortedDictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Tensor> ByName => tensors.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <param name="shape">The whole tensor's.</param>
    /// <param name="slice">The part that is given; null where it is all, which the first to give it gives for all.</param>
    public void Put(string name, Shape shape, ParameterSlice? slice, Tensor part)
    {
        using var guard = no_grad();
        if (!tensors.TryGetValue(name, out var whole))
            tensors[name] = whole = empty([.. shape.Sizes], part.dtype, CPU).DetachFromDisposeScope();
        else if (slice is null)
            return;
        using var place = Slices.Of(whole, slice);
        using var shaped = part.view(place.shape);
        place.copy_(shaped);
    }
}
