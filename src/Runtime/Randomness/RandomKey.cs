using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ParDsl.Runtime.Randomness;

/// <summary>
/// The key of one stream of random numbers. Each use has a key of its own, made from the run's seed and the use's name, so
/// that no two streams meet and nothing depends on the order in which they are drawn.
/// </summary>
internal readonly record struct RandomKey(uint Low, uint High)
{
    public static RandomKey For(long seed, string purpose)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{purpose}")));
        return new RandomKey(
            BinaryPrimitives.ReadUInt32LittleEndian(digest),
            BinaryPrimitives.ReadUInt32LittleEndian(digest.AsSpan(4)));
    }
}
