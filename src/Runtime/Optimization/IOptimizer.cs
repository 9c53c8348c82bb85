using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization;

/// <summary>
/// Updates a rank's parameters from its gradients: one large operation over flat pieces, whatever the number of layers.
/// </summary>
internal interface IOptimizer : IDisposable
{
    void Update(double learningRate);

    /// <summary>What it remembers of each element, by PyTorch's names: a tensor for each piece, as long as it.</summary>
    ImmutableSortedDictionary<string, ImmutableArray<Tensor>> States { get; }

    /// <summary>The updates done, as PyTorch's Adam counts them; null where it does not count.</summary>
    Tensor? StepCount { get; }
}
