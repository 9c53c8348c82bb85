using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>A rank's tensors that are kept but not learned, batch norm's running statistics, by PyTorch's names.</summary>
internal sealed class RankBuffers : IDisposable
{
    public RankBuffers(IEnumerable<CheckedLayer> layers, ScalarType type, Device device) => Buffers = layers
        .SelectMany(layer => layer.Buffers)
        .ToImmutableSortedDictionary(buffer => buffer.Name, buffer => Create(buffer, type, device), StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Tensor> Buffers { get; }

    public void Dispose()
    {
        foreach (var buffer in Buffers.Values)
            buffer.Dispose();
    }

    private static Tensor Create(CheckedBuffer buffer, ScalarType type, Device device)
    {
        using var first = buffer.InitialValue.ToScalar();
        return full([.. buffer.Shape.Sizes], first, buffer.IsInteger ? ScalarType.Int64 : type, device).DetachFromDisposeScope();
    }
}
