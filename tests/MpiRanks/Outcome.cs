using ParDsl.Runtime.Collectives;

namespace ParDsl.MpiRanks;

/// <summary>What one call left behind on one rank.</summary>
internal sealed record Outcome(byte[] Bits, long MovedBytes)
{
    public static Outcome Of(ICollectiveGroup door, Func<ICollectiveGroup, byte[]> operation)
    {
        var before = door.MovedBytes;
        var bits = operation(door);
        return new(bits, door.MovedBytes - before);
    }

    public bool Equals(Outcome? other) => other is not null && MovedBytes == other.MovedBytes && Bits.SequenceEqual(other.Bits);

    public override int GetHashCode() => HashCode.Combine(MovedBytes, Bits.Length);
}
