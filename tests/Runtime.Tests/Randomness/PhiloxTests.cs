using ParDsl.Runtime.Randomness;
using Xunit;

namespace ParDsl.Runtime.Tests.Randomness;

/// <summary>The known answers are Random123's (file kat_vectors, philox4x32 with 10 rounds).</summary>
public sealed class PhiloxTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void A_block_is_the_papers_known_answer(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal(
            new RandomCounter(w0, w1, w2, w3),
            Philox.Block(new RandomCounter(c0, c1, c2, c3), new RandomKey(k0, k1)));

    [Theory]
    [InlineData(0u)]
    [InlineData(12345u)]
    [InlineData(0xFFFFFFF8u)]
    public void The_vectors_draw_the_same_words_as_block_by_block(uint first)
    {
        var counter = new RandomCounter(first, 7, 0xDEADBEEF, 3);
        var key = RandomKey.For(42, "test");
        var (vectors, blocks) = (new uint[Philox.GroupWords], new uint[Philox.GroupWords]);
        Philox.Group(counter, key, vectors);
        Philox.GroupScalar(counter, key, blocks);
        // The counter of a vector's later lanes may run over 32 bits; only a sample of 2^34 elements would get there.
        Assert.Equal(blocks, vectors);
    }
}
