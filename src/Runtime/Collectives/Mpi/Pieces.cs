namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>Cuts so many elements into pieces of at most so many; none where there are no elements.</summary>
internal readonly record struct Pieces(long Count, int Largest)
{
    public IEnumerator<(long Start, int Length)> GetEnumerator()
    {
        for (var start = 0L; start < Count; start += Largest)
            yield return (start, (int)Math.Min(Largest, Count - start));
    }
}
