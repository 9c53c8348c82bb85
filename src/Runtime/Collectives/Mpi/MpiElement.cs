namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>How MPI knows an element type.</summary>
/// <param name="Type">MPI's type.</param>
/// <param name="Sum">MPI's operation that adds two of them; 0 where they have no sum.</param>
/// <param name="Bytes">Of one element.</param>
/// <param name="Add">Adds as <paramref name="Sum"/> does.</param>
internal readonly record struct MpiElement(nint Type, nint Sum, int Bytes, ValueAdder Add)
{
    /// <summary>One whose values only move.</summary>
    public static MpiElement WithoutSum(nint type, int bytes) =>
        new(type, 0, bytes, (_, _, _) => throw new InvalidOperationException("such values have no sum"));
}
