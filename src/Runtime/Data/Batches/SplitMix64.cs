using System.Text;

namespace ParDsl.Runtime.Data;

/// <summary>
/// A stream of random numbers that depends on a seed, a purpose and an index alone, and gives the same bits on every machine.
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// </summary>
public struct SplitMix64
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong state;

    /// <param name="purpose">Streams of different purposes are independent: <c>order</c>, <c>validation</c>.</param>
    public SplitMix64(long seed, string purpose, long index = 0)
    {
        state = Mix((ulong)seed + Increment);
        foreach (var letter in Encoding.UTF8.GetBytes(purpose))
            state = Mix(state ^ letter) + Increment;
        state = Mix(state ^ (ulong)index);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(state += Increment);

    /// <summary>A whole number from 0 to <paramref name="bound"/> - 1; its bias is below bound / 2^64.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number above 0 and at most 1.</summary>
    public double Uniform() => ((Next() >> 11) + 1) * (1.0 / (1L << 53));

    /// <summary>A standard normal number, by Box and Muller's transform.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
