using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Ranks.Memory;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// Copies what a rank is to write of a checkpoint: tensors where it has all of one, else pieces with their places. Called on
/// the rank's own thread, between two updates.
/// </summary>
internal sealed class OwnPieces(Rank rank, PieceOwners owners, IReadOnlyDictionary<string, Shape> bufferShapes)
{
    private readonly ImmutableSortedDictionary<string, Tensor>.Builder model = Builder<Tensor>();
    private readonly ImmutableSortedDictionary<string, Tensor>.Builder optimizer = Builder<Tensor>();
    private readonly ImmutableSortedDictionary<string, PiecePlace>.Builder places = Builder<PiecePlace>();

    /// <summary>The state with the tensors, on the CPU, for the caller to dispose of.</summary>
    public TrainingState AddTo(TrainingState numbers)
    {
        using var guard = no_grad();
        foreach (var part in RankStates.Values(rank))
            Add(model, part, owners.AreValuesReplicated);
        foreach (var part in RankStates.Optimizer(rank))
            Add(optimizer, part, owners.AreStatesReplicated);
        foreach (var part in RankStates.StepCount(rank))
            AddStepCount(part.Elements);
        foreach (var part in RankStates.Buffers(rank))
            AddBuffer(part);
        return numbers with
        {
            Model = model.ToImmutable(),
            Optimizer = optimizer.ToImmutable(),
            Places = places.ToImmutable(),
        };
    }

    private IEnumerable<PlacedParameter> Placed => rank.Own.Buckets.SelectMany(bucket => bucket.Parameters);

    private static ImmutableSortedDictionary<string, T>.Builder Builder<T>() =>
        ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);

    private void Add(IDictionary<string, Tensor> tensors, RankPart part, bool isReplicated)
    {
        foreach (var placed in Placed)
        {
            var run = ElementRun.Of(placed).Within(part.ElementOffset, part.Elements.numel());
            if (run.Count <= 0 || !owners.IsOwner(rank.Own.Rank, placed.Parameter.Name, placed.Slice, isReplicated))
                continue;
            var name = StateAssembly.Join(placed.Parameter.Name, part.Name);
            using var piece = part.Elements.narrow(0, run.Start - part.ElementOffset, run.Count);
            // A whole slice keeps its shape; a part of one has none.
            using var shaped = run.Count == placed.Shape.ElementCount ? piece.view([.. placed.Shape.Sizes]) : piece.alias();
            Add(tensors, name, shaped, new PiecePlace(placed.Parameter.Shape, placed.Slice, run.Start - placed.ElementOffset));
        }
    }

    /// <summary>By the rank that has the first slice of a parameter: a count is beside each.</summary>
    private void AddStepCount(Tensor count)
    {
        foreach (var name in Placed
            .Where(placed => placed.Slice is not { Index: > 0 })
            .Where(placed => owners.IsOwner(rank.Own.Rank, placed.Parameter.Name, placed.Slice, isReplicated: true))
            .Select(placed => placed.Parameter.Name))
            optimizer.Add(StateAssembly.Join(name, "step"), Copy(count));
    }

    private void AddBuffer(RankPart part)
    {
        var slice = rank.Plan.Tensor.SliceOf(part.Name, rank.TensorCoordinate);
        if (!owners.IsOwner(rank.Own.Rank, part.Name, slice, isReplicated: true))
            return;
        var place = new PiecePlace(bufferShapes[part.Name], slice, 0);
        using var shaped = slice is null ? part.Elements.view([.. place.Whole.Sizes]) : part.Elements.alias();
        Add(model, part.Name, shaped, place);
    }

    private void Add(IDictionary<string, Tensor> tensors, string name, Tensor elements, PiecePlace place)
    {
        tensors.Add(name, Copy(elements));
        if (elements.numel() < place.Whole.ElementCount)
            places.Add(name, place);
    }

    private static Tensor Copy(Tensor elements)
    {
        using var own = elements.detach();
        return (own.device_type == DeviceType.CPU ? own.clone() : own.cpu()).DetachFromDisposeScope();
    }
}
