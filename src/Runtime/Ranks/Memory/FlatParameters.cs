using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Optimization;
using ParDsl.Runtime.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>
/// A rank's parameters side by side in one tensor, and their gradients in the same places of another: backward adds to the
/// gradients where they lie, collectives take whole buckets, and the optimizer takes all at once. What is sharded lies in
/// one tensor a bucket.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly RankPlan plan;
    private readonly ShardPlace shard;
    private readonly BucketRooms rooms;
    private readonly Tensor? values;
    private readonly Tensor? gradients;
    private readonly Tensor? masters; // [elements / shards]
    private readonly ImmutableArray<FlatPiece> ownPieces;
    private readonly ImmutableArray<MasterPiece> masterPieces;

    /// <param name="masterType">What weights are updated in, where that is another type; else null.</param>
    public FlatParameters(RankPlan plan, ShardPlace shard, ScalarType type, ScalarType? masterType, Device device)
    {
        (this.plan, this.shard) = (plan, shard);
        rooms = new BucketRooms(type, device);
        if (shard.KeepsWholeParameters)
            values = zeros([plan.ElementCount], type, device).DetachFromDisposeScope();
        if (shard.KeepsWholeGradients)
            gradients = zeros([plan.ElementCount], type, device).DetachFromDisposeScope();
        if (masterType is { } wide)
            masters = zeros([plan.ElementCount / shard.Count], wide, device).DetachFromDisposeScope();
        Buckets =
        [
            .. plan.Buckets.Select(bucket => new BucketMemory(
                bucket, shard, Part(values, bucket), Part(gradients, bucket), Part(masters, bucket, shard.Count), rooms)),
        ];
        Parameters = Buckets.SelectMany(bucket => bucket.Parameters).ToImmutableSortedDictionary(StringComparer.Ordinal);
        ownPieces = CreateOwnPieces();
        masterPieces = masters is null ? [] : CreateMasterPieces(masters);
        Pieces = masters is null ? ownPieces : [.. masterPieces.Select(master => master.Piece)];
    }

    public ImmutableArray<BucketMemory> Buckets { get; }

    /// <summary>Each parameter in its shape, by its name; autograd's leaves.</summary>
    public ImmutableSortedDictionary<string, Tensor> Parameters { get; }

    /// <summary>
    /// What the rank updates itself: the whole flat buffer, or its shard of each bucket, or the masters of these. None
    /// without parameters.
    /// </summary>
    public ImmutableArray<FlatPiece> Pieces { get; }

    public void Initialize(long seed)
    {
        foreach (var bucket in Buckets)
            bucket.Fill((placed, start, count) => FirstValues(placed, seed, start, count));
    }

    /// <summary>Takes over the values of parameters; those that are given none keep theirs.</summary>
    public void Assign(PlacedElements valuesOf)
    {
        foreach (var bucket in Buckets)
            bucket.Fill(valuesOf);
    }

    /// <summary>Whether no parameter is infinite or not a number.</summary>
    public bool AreFinite()
    {
        using var guard = no_grad();
        // A master may be finite where its rounding is not.
        return ownPieces.All(piece => IsFinite(piece.Values));
    }

    /// <summary>Copies the gradients to where the optimizer sees them.</summary>
    public void WidenGradients()
    {
        foreach (var master in masterPieces)
            master.WidenGradients();
    }

    /// <summary>After an update: the parameters become the masters, rounded.</summary>
    public void RoundMasters()
    {
        foreach (var master in masterPieces)
            master.Round();
    }

    /// <summary>The gradients of some parameters, as far as they lie in what the rank updates.</summary>
    /// <returns>Views, the caller's to dispose.</returns>
    public IEnumerable<Tensor> UpdatedGradients(IEnumerable<string> names) => Gradients(Pieces, names);

    /// <summary>The same before they are widened, where they are.</summary>
    public IEnumerable<Tensor> OwnGradients(IEnumerable<string> names) => Gradients(ownPieces, names);

    private IEnumerable<Tensor> Gradients(ImmutableArray<FlatPiece> pieces, IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from bucket in plan.Buckets
               from placed in bucket.Parameters
               where wanted.Contains(placed.Parameter.Name)
               from piece in pieces
               let start = Math.Max(placed.ElementOffset, piece.ElementOffset)
               let end = Math.Min(placed.ElementOffset + placed.Shape.ElementCount, piece.ElementOffset + piece.Gradients.numel())
               where start < end
               select piece.Gradients.narrow(0, start - piece.ElementOffset, end - start),
        ];
    }

    public void ZeroGradients()
    {
        gradients?.zero_();
        if (gradients is null)
        {
            foreach (var bucket in Buckets)
                bucket.GradientShard.zero_();
        }
    }

    public void Dispose()
    {
        foreach (var bucket in Buckets)
            bucket.Dispose();
        rooms.Dispose();
        foreach (var master in masterPieces)
            master.Dispose();
        values?.Dispose();
        gradients?.Dispose();
        masters?.Dispose();
    }

    private static Tensor FirstValues(PlacedParameter placed, long seed, long start, long count)
    {
        using var flat = tensor(ParameterInitializer.Values(placed.Parameter, seed));
        using var whole = flat.view([.. placed.Parameter.Shape.Sizes]);
        using var part = Slices.Of(whole, placed.Slice);
        using var own = part.reshape(-1);
        return own.narrow(0, start, count);
    }

    private static bool IsFinite(Tensor values)
    {
        using var isFinite = values.isfinite();
        using var all = isFinite.all();
        return TensorNumber.IsTrue(all);
    }

    /// <param name="shards">The buckets' equal parts of which the tensor holds one each.</param>
    private static Tensor? Part(Tensor? flat, GradientBucket bucket, int shards = 1) =>
        flat?.narrow(0, bucket.ElementOffset / shards, bucket.ElementCount / shards).DetachFromDisposeScope();

    private ImmutableArray<MasterPiece> CreateMasterPieces(Tensor whole) => shard.Level == ShardLevel.None
        ? [.. ownPieces.Select(piece => new MasterPiece(piece, whole))]
        : [.. Buckets.Select(bucket => bucket.CreateMaster()!)];

    private ImmutableArray<FlatPiece> CreateOwnPieces()
    {
        if (Buckets.IsEmpty)
            return [];
        return shard.Level == ShardLevel.None
            ? [new FlatPiece(0, values!, gradients!)]
            : [.. Buckets.Select(bucket => bucket.Piece)];
    }
}
