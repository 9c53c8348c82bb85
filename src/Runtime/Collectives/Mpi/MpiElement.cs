namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>How MPI knows an element type.</summary>
/// <param name="Type">MPI's type.</param>
/// <param name="Sum">MPI's operation that adds two of them; 0 where they have no sum.</param>
/// <param name="Bytes">Of one element.</param>
internal readonly record struct MpiElement(nint Type, nint Sum, int Bytes);
