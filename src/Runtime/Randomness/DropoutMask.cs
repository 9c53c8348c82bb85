using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ParDsl.Runtime.Randomness;

/// <summary>
/// Which elements of which samples a dropout keeps: a function of the run's seed, the step, the layer, the sample's number
/// in the global batch and the element, so each rank draws exactly the bits of its slice.
/// </summary>
/// <remarks>
/// Element e of a sample takes word e % 64 of the sample's group e / 64 (<see cref="Philox.Group"/>), whatever the width of
/// the machine's vectors.
/// </remarks>
internal sealed class DropoutMask
{
    private const int GroupBlocks = Philox.GroupWords / 4;

    private readonly RandomKey key;
    private readonly uint layer;
    private readonly uint threshold;

    /// <param name="rate">The share of elements that become 0, in [0, 1).</param>
    public DropoutMask(long seed, int layer, double rate)
    {
        key = RandomKey.For(seed, "dropout");
        this.layer = (uint)layer;
        threshold = (uint)Math.Min(Math.Round(rate * 4294967296.0), uint.MaxValue);
    }

    /// <summary>Fills the mask with 0 for dropped elements and <paramref name="kept"/> for kept ones.</summary>
    /// <param name="mask">Sample by sample, each of <paramref name="sampleElements"/> elements.</param>
    /// <param name="firstSample">The first sample's number in the step's global batch.</param>
    /// <param name="firstElement">Where a run of each sample's elements starts, of which the mask is.</param>
    public void Fill(Span<float> mask, int sampleElements, long step, long firstSample, float kept, int firstElement = 0)
    {
        var firstBlock = (uint)(firstElement / Philox.GroupWords * GroupBlocks);
        for (var offset = 0; offset < mask.Length; offset += sampleElements, firstSample++)
        {
            var counter = new RandomCounter(firstBlock, (uint)firstSample, (uint)step, layer ^ (uint)(step >> 32) << 16);
            FillSample(mask.Slice(offset, sampleElements), firstElement % Philox.GroupWords, counter, kept);
        }
    }

    /// <param name="skipped">The elements of the first group that come before the mask's.</param>
    private void FillSample(Span<float> mask, int skipped, RandomCounter counter, float kept)
    {
        Span<uint> words = stackalloc uint[Philox.GroupWords];
        Span<float> group = stackalloc float[Philox.GroupWords];
        if (skipped > 0)
        {
            Philox.Group(counter, key, words);
            KeepGroup(words, group, kept);
            var count = Math.Min(mask.Length, Philox.GroupWords - skipped);
            group.Slice(skipped, count).CopyTo(mask);
            mask = mask[count..];
            counter = counter with { Word0 = counter.Word0 + GroupBlocks };
        }

        while (mask.Length >= Philox.GroupWords)
        {
            Philox.Group(counter, key, words);
            KeepGroup(words, mask, kept);
            mask = mask[Philox.GroupWords..];
            counter = counter with { Word0 = counter.Word0 + GroupBlocks };
        }

        if (mask.IsEmpty)
            return;
        Philox.Group(counter, key, words);
        KeepGroup(words, group, kept);
        group[..mask.Length].CopyTo(mask);
    }

    private void KeepGroup(ReadOnlySpan<uint> words, Span<float> mask, float kept)
    {
        var threshold = Vector256.Create(this.threshold);
        var values = Vector256.Create(kept).AsUInt32();
        ref var source = ref MemoryMarshal.GetReference(words);
        ref var destination = ref MemoryMarshal.GetReference(mask);
        for (nuint index = 0; index < Philox.GroupWords; index += 8)
        {
            var keep = Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref source, index), threshold);
            (keep & values).AsSingle().StoreUnsafe(ref destination, index);
        }
    }
}
