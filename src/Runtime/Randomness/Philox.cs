using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ParDsl.Runtime.Randomness;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): a key and a counter
/// come in, four random words go out. It has no state, so any rank can draw any part of a stream.
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int RoundCount = 10;

    /// <summary>The words of sixteen blocks whose counters follow each other in word 0.</summary>
    public const int GroupWords = 64;

    private const int GroupBlocks = 16;

    public static RandomCounter Block(RandomCounter counter, RandomKey key)
    {
        var (word0, word1, word2, word3) = counter;
        var (key0, key1) = key;
        for (var round = 0; round < RoundCount; round++, key0 += Weyl0, key1 += Weyl1)
        {
            var product0 = (ulong)Multiplier0 * word0;
            var product1 = (ulong)Multiplier1 * word2;
            (word0, word1, word2, word3) =
                ((uint)(product1 >> 32) ^ word1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ word3 ^ key1, (uint)product0);
        }

        return new RandomCounter(word0, word1, word2, word3);
    }

    /// <summary>
    /// Draws sixteen blocks, from <paramref name="first"/> on: word w of block b goes to place 16 w + b, which is the order
    /// that vectors make without shuffling.
    /// </summary>
    public static void Group(RandomCounter first, RandomKey key, Span<uint> words)
    {
        if (Avx512F.IsSupported)
            Group512(first, key, words);
        else if (Avx2.IsSupported)
            Group256(first, key, words);
        else
            GroupScalar(first, key, words);
    }

    internal static void GroupScalar(RandomCounter first, RandomKey key, Span<uint> words)
    {
        for (var block = 0; block < GroupBlocks; block++)
        {
            (words[block], words[block + 16], words[block + 32], words[block + 48]) =
                Block(first with { Word0 = first.Word0 + (uint)block }, key);
        }
    }

    /// <summary>Two vectors of eight blocks. Each word has a 64-bit lane, whose upper half the multiplication ignores.</summary>
    private static void Group512(RandomCounter first, RandomKey key, Span<uint> words)
    {
        var low = Rounds512(Counters512(first.Word0), first, key);
        var high = Rounds512(Counters512(first.Word0 + 8), first, key);
        Vector512.Narrow(low.Word0, high.Word0).CopyTo(words);
        Vector512.Narrow(low.Word1, high.Word1).CopyTo(words[16..]);
        Vector512.Narrow(low.Word2, high.Word2).CopyTo(words[32..]);
        Vector512.Narrow(low.Word3, high.Word3).CopyTo(words[48..]);
    }

    private static Vector512<ulong> Counters512(uint first) =>
        Vector512.Create((ulong)first) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes512 Rounds512(Vector512<ulong> word0, RandomCounter first, RandomKey key)
    {
        var multiplier0 = Vector512.Create((ulong)Multiplier0).AsUInt32();
        var multiplier1 = Vector512.Create((ulong)Multiplier1).AsUInt32();
        var word1 = Vector512.Create((ulong)first.Word1);
        var word2 = Vector512.Create((ulong)first.Word2);
        var word3 = Vector512.Create((ulong)first.Word3);
        var (key0, key1) = key;
        for (var round = 0; round < RoundCount; round++, key0 += Weyl0, key1 += Weyl1)
        {
            var product0 = Avx512F.Multiply(word0.AsUInt32(), multiplier0);
            var product1 = Avx512F.Multiply(word2.AsUInt32(), multiplier1);
            word0 = (product1 >> 32) ^ word1 ^ Vector512.Create((ulong)key0);
            word2 = (product0 >> 32) ^ word3 ^ Vector512.Create((ulong)key1);
            (word1, word3) = (product1, product0);
        }

        return new Lanes512(word0, word1, word2, word3);
    }

    /// <summary>The same with four vectors of four blocks.</summary>
    private static void Group256(RandomCounter first, RandomKey key, Span<uint> words)
    {
        for (var block = 0; block < GroupBlocks; block += 8)
        {
            var low = Rounds256(Counters256(first.Word0 + (uint)block), first, key);
            var high = Rounds256(Counters256(first.Word0 + (uint)block + 4), first, key);
            Vector256.Narrow(low.Word0, high.Word0).CopyTo(words[block..]);
            Vector256.Narrow(low.Word1, high.Word1).CopyTo(words[(block + 16)..]);
            Vector256.Narrow(low.Word2, high.Word2).CopyTo(words[(block + 32)..]);
            Vector256.Narrow(low.Word3, high.Word3).CopyTo(words[(block + 48)..]);
        }
    }

    private static Vector256<ulong> Counters256(uint first) =>
        Vector256.Create((ulong)first) + Vector256.Create(0UL, 1, 2, 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes256 Rounds256(Vector256<ulong> word0, RandomCounter first, RandomKey key)
    {
        var multiplier0 = Vector256.Create((ulong)Multiplier0).AsUInt32();
        var multiplier1 = Vector256.Create((ulong)Multiplier1).AsUInt32();
        var word1 = Vector256.Create((ulong)first.Word1);
        var word2 = Vector256.Create((ulong)first.Word2);
        var word3 = Vector256.Create((ulong)first.Word3);
        var (key0, key1) = key;
        for (var round = 0; round < RoundCount; round++, key0 += Weyl0, key1 += Weyl1)
        {
            var product0 = Avx2.Multiply(word0.AsUInt32(), multiplier0);
            var product1 = Avx2.Multiply(word2.AsUInt32(), multiplier1);
            word0 = (product1 >> 32) ^ word1 ^ Vector256.Create((ulong)key0);
            word2 = (product0 >> 32) ^ word3 ^ Vector256.Create((ulong)key1);
            (word1, word3) = (product1, product0);
        }

        return new Lanes256(word0, word1, word2, word3);
    }

    private readonly record struct Lanes512(
        Vector512<ulong> Word0, Vector512<ulong> Word1, Vector512<ulong> Word2, Vector512<ulong> Word3);

    private readonly record struct Lanes256(
        Vector256<ulong> Word0, Vector256<ulong> Word1, Vector256<ulong> Word2, Vector256<ulong> Word3);
}
