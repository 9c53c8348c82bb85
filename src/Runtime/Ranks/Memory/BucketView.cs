using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>Where a bucket lies for a while: all of its elements, and each parameter in its shape, in the bucket's order.</summary>
internal sealed class BucketView : IDisposable
{
    /// <param name="room">[the bucket's elements or more]</param>
    public BucketView(GradientBucket plan, Tensor room)
    {
        Elements = room.narrow(0, 0, plan.ElementCount).DetachFromDisposeScope();
        Parameters = [.. plan.Parameters.Select(placed => Parameter(Elements, plan, placed).DetachFromDisposeScope())];
    }

    /// <summary>[elements]</summary>
    public Tensor Elements { get; }

    public ImmutableArray<Tensor> Parameters { get; }

    /// <summary>A parameter's place in a bucket's elements.</summary>
    public static Tensor Parameter(Tensor elements, GradientBucket plan, PlacedParameter placed)
    {
        using var run = elements.narrow(0, placed.ElementOffset - plan.ElementOffset, placed.Shape.ElementCount);
        return run.view([.. placed.Shape.Sizes]);
    }

    public void Dispose()
    {
        foreach (var tensor in Parameters.Append(Elements))
            tensor.Dispose();
    }
}
