using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// A rank's parameters side by side in one tensor, and their gradients in the same places of another: backward adds to the
/// gradients where they lie, collectives take whole buckets, and the optimizer takes all at once.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly ImmutableArray<Tensor> buckets;
    private readonly ImmutableArray<PlacedParameter> places;

    public FlatParameters(ImmutableArray<GradientBucket> plan, ScalarType type, Device device)
    {
        var count = plan.Sum(bucket => bucket.ElementCount);
        Values = zeros([count], type, device).DetachFromDisposeScope();
        Gradients = zeros_like(Values).DetachFromDisposeScope();
        places = [.. plan.SelectMany(bucket => bucket.Parameters)];
        buckets =
            [.. plan.Select(bucket => Gradients.narrow(0, bucket.ElementOffset, bucket.ElementCount).DetachFromDisposeScope())];
        Parameters = Views(Values);
        BindGradients();
    }

    public Tensor Values { get; }

    public Tensor Gradients { get; }

    /// <summary>Each parameter in its shape, by its name; autograd's leaves.</summary>
    public ImmutableSortedDictionary<string, Tensor> Parameters { get; }

    public Tensor BucketGradients(int bucket) => buckets[bucket];

    public void Initialize(long seed)
    {
        using var guard = no_grad();
        foreach (var place in places)
        {
            using var values = tensor(ParameterInitializer.Values(place.Parameter, seed));
            using var target = View(Values, place);
            using var shaped = values.view_as(target);
            target.copy_(shaped);
        }
    }

    /// <summary>Whether no parameter is infinite or not a number.</summary>
    public bool AreFinite()
    {
        using var guard = no_grad();
        using var isFinite = Values.isfinite();
        using var all = isFinite.all();
        return all.ToBoolean();
    }

    /// <summary>
    /// A flat tensor of the same layout, parameter by parameter; the views belong to the dispose scope that is open.
    /// </summary>
    public ImmutableSortedDictionary<string, Tensor> Views(Tensor flat) => places.ToImmutableSortedDictionary(
        place => place.Parameter.Name, place => View(flat, place), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var part in buckets.Concat(Parameters.Values).Append(Values).Append(Gradients))
            part.Dispose();
    }

    private static Tensor View(Tensor flat, PlacedParameter place)
    {
        using var run = flat.narrow(0, place.ElementOffset, place.Parameter.Shape.ElementCount);
        return run.view([.. place.Parameter.Shape.Sizes]);
    }

    private void BindGradients()
    {
        foreach (var (name, gradient) in Views(Gradients))
        {
            Parameters[name].requires_grad_(true);
            Parameters[name].grad = gradient;
            gradient.Dispose();
        }
    }
}
