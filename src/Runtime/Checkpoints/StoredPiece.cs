using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>A tensor, or a piece of one, in a file.</summary>
internal sealed record StoredPiece(TensorFile File, SafetensorsEntry Entry, PiecePlace Place)
{
    public long ElementCount => Entry.Shape.ElementCount;

    /// <summary>Behind its last element in the slice.</summary>
    public long End => Place.ElementOffset + ElementCount;

    /// <summary>Fills what it has of a run of its slice's elements.</summary>
    /// <param name="start">Where the run starts in the slice.</param>
    /// <param name="run">The run, contiguous.</param>
    public void FillPartOf(long start, Tensor run)
    {
        var (first, last) = (Math.Max(start, Place.ElementOffset), Math.Min(start + run.numel(), End));
        if (first >= last)
            return;
        using var target = run.narrow(0, first - start, last - first);
        File.Read(Entry, first - Place.ElementOffset, target);
    }
}
