namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>What a rank is about to do together with the others, who must be about to do the same.</summary>
/// <param name="Bytes">Of one element.</param>
/// <param name="HasValuesBeside">Whether the rank sends its values at once, see <see cref="MpiPairSum"/>.</param>
internal readonly record struct MpiCall(string Name, long Count, int Bytes, int Root, bool HasValuesBeside = false)
{
    private const long Something = 1;
    private const long ValuesBeside = 2;

    /// <summary>Whether a rank with that signature sends values for the other.</summary>
    public static bool BringsValues(long signature) => (signature & ValuesBeside) != 0;

    /// <summary>A number, not 0, that other calls hardly have (FNV-1a): equal on all ranks where their calls are.</summary>
    public long Signature()
    {
        var hash = 14695981039346656037;
        foreach (var letter in Name)
            hash = (hash ^ letter) * 1099511628211;
        foreach (var number in (ReadOnlySpan<long>)[Count, Bytes, Root])
            hash = (hash ^ (ulong)number) * 1099511628211;
        return ((long)(hash >> 1) & ~ValuesBeside) | Something | (HasValuesBeside ? ValuesBeside : 0);
    }

    public override string ToString() => Root < 0
        ? $"{Name} of {Count} elements of {Bytes} bytes"
        : $"{Name} from rank {Root} of {Count} elements of {Bytes} bytes";
}
