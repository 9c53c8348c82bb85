using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Ranks.Memory;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// A tensor of files that may each have a piece of it. A run of its elements, or of a slice's, is read from the pieces that
/// have it; where it was cut otherwise than it is asked for, it is put together whole for as long as that takes.
/// </summary>
internal sealed class StoredTensor
{
    private readonly ImmutableArray<StoredPiece> pieces;

    /// <param name="pieces">One at least, each of the tensor of this name.</param>
    /// <exception cref="RunFailedException">They are not one tensor, each element once.</exception>
    public StoredTensor(ImmutableArray<StoredPiece> pieces)
    {
        this.pieces = [.. pieces.OrderBy(piece => piece.Place.Slice?.Index ?? 0).ThenBy(piece => piece.Place.ElementOffset)];
        var first = this.pieces[0];
        if (!AreOneTensor())
            throw SafetensorsErrors.PiecesDoNotFit(first.File.Path, first.Entry.Name, first.Place.Whole);
    }

    public string Name => pieces[0].Entry.Name;

    public Shape Shape => pieces[0].Place.Whole;

    public SafetensorsType Type => pieces[0].Entry.Type;

    /// <summary>A run of the elements of a slice, or of all.</summary>
    /// <returns>[count], on the CPU in the file's type; the caller's to dispose of.</returns>
    public Tensor Read(ParameterSlice? slice, long start, long count)
    {
        using var guard = no_grad();
        if (slice != Cut(slice))
            return CutOfWhole(slice, start, count);
        using var scope = NewDisposeScope();
        var run = empty([count], Type.Scalar, CPU);
        foreach (var piece in pieces.Where(piece => piece.Place.Slice == slice))
            piece.FillPartOf(start, run);
        return run.DetachFromDisposeScope();
    }

    /// <summary>The slice of that index as the tensor is cut in the files; null where it is not.</summary>
    private ParameterSlice? Cut(ParameterSlice? slice) =>
        pieces[0].Place.Slice is { } cut ? cut with { Index = slice?.Index ?? 0 } : null;

    private Tensor CutOfWhole(ParameterSlice? slice, long start, long count)
    {
        using var flatWhole = empty([Shape.ElementCount], Type.Scalar, CPU);
        using var whole = flatWhole.view([.. Shape.Sizes]);
        foreach (var stored in pieces.Select(piece => piece.Place.Slice).Distinct())
        {
            using var place = Slices.Of(whole, stored);
            using var elements = Read(stored, 0, pieces[0].Place.SliceElementCount);
            using var shaped = elements.view(place.shape);
            place.copy_(shaped);
        }

        using var part = Slices.Of(whole, slice);
        using var flat = part.reshape(-1);
        using var run = flat.narrow(0, start, count);
        return run.clone().DetachFromDisposeScope();
    }

    private bool AreOneTensor()
    {
        var first = pieces[0].Place;
        return pieces.All(piece => piece.Place.Whole.Equals(first.Whole) && piece.Entry.Type == Type
                && piece.Place.Slice?.Cut == first.Slice?.Cut && piece.Place.Slice?.Count == first.Slice?.Count)
            && Enumerable.Range(0, first.Slice?.Count ?? 1).All(IsWhole);
    }

    /// <summary>Whether the slice of that index has each element once.</summary>
    private bool IsWhole(int index)
    {
        var end = 0L;
        foreach (var piece in pieces.Where(piece => (piece.Place.Slice?.Index ?? 0) == index))
        {
            if (piece.Place.ElementOffset != end)
                return false;
            end = piece.End;
        }

        return end == pieces[0].Place.SliceElementCount;
    }
}
