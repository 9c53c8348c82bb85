using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>What one update showed.</summary>
/// <param name="Gradients">The whole model's, by parameters' names, as one device would have them.</param>
internal sealed record ObservedStep(double Loss, ImmutableSortedDictionary<string, Tensor> Gradients) : IDisposable
{
    public void Dispose()
    {
        foreach (var gradient in Gradients.Values)
            gradient.Dispose();
    }
}
