using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// The bytes that a segment holds while each of its layers works, by the layer's place in it: what autograd keeps grows forward,
/// and is let go backward.
/// </summary>
/// <param name="Backward">Gradients that are under way and kernels' own room are in it.</param>
public sealed record PassBytes(ImmutableArray<long> Forward, ImmutableArray<long> Backward)
{
    /// <summary>Of so many samples instead of one.</summary>
    public PassBytes Times(int samples) =>
        new([.. Forward.Select(bytes => checked(bytes * samples))], [.. Backward.Select(bytes => checked(bytes * samples))]);
}
