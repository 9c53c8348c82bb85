using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>Which parameters' gradients are infinite or not a number, for the message of a run that ends for it.</summary>
internal static class NotFiniteGradients
{
    /// <summary>In the order of the model; the same on every rank of the group, which all call it.</summary>
    /// <param name="group">The ranks that hold the other gradients; null where there are none.</param>
    public static ImmutableArray<string> Find(Rank rank, ICollectiveGroup? group)
    {
        using var scope = NewDisposeScope();
        ImmutableArray<string> names =
            [.. rank.Plan.Program.Model.Layers.SelectMany(layer => layer.Parameters).Select(parameter => parameter.Name)];
        var found = tensor(names.Select(name => IsFinite(rank, name) ? 0f : 1f).ToArray()).to(rank.Device);
        group?.AllReduce(found);
        var counts = TensorMemory.Elements<float>(found.cpu()).ToArray();
        return [.. names.Where((_, place) => counts[place] > 0)];
    }

    private static bool IsFinite(Rank rank, string parameter) =>
        rank.Flat.UpdatedGradients([parameter]).All(gradient => TensorNumber.IsTrue(gradient.isfinite().all()));
}
