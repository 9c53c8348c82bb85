using System.Runtime.InteropServices;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// 64 bits that stand for all bits of a tensor, whatever they mean: word by word, mixed as in MurmurHash's finalizer
/// (Appleby 2008). Tensors that differ in one word never have the same hash, since each step can be undone; others do once
/// in 2^64.
/// </summary>
internal static class BitHash
{
    private const ulong Multiplier = 0xff51afd7ed558ccd;

    /// <summary>A span cannot hold 2 GB: longer tensors are read in pieces of this many elements, which are whole words.</summary>
    private const long ElementsAtOnce = 1 << 24;

    /// <param name="values">Contiguous, on any device.</param>
    public static long Of(Tensor values)
    {
        using var guard = no_grad();
        using var here = values.cpu();
        using var flat = here.view(-1);
        var hash = (ulong)(flat.numel() * flat.element_size());
        for (var start = 0L; start < flat.numel(); start += ElementsAtOnce)
        {
            using var piece = flat.narrow(0, start, Math.Min(ElementsAtOnce, flat.numel() - start));
            hash = Mix(hash, TensorMemory.Bytes(piece));
        }

        return (long)hash;
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            hash = Mix(hash, word);
        foreach (var single in bytes[(words.Length * sizeof(ulong))..])
            hash = Mix(hash, single);
        return hash;
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Multiplier;
        return hash ^ (hash >> 33);
    }
}
