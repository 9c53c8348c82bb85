namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>Libraries that share an ABI: the same header file's numbers fit them.</summary>
internal enum MpiFamily
{
    /// <summary>Open MPI and what is made of it: a handle is the address of an object in the library.</summary>
    OpenMpi,

    /// <summary>MPICH, Intel MPI, MVAPICH and others of the MPICH ABI: a handle is an integer of 32 bits.</summary>
    Mpich,
}
