using System.Numerics;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>A float of 16 bits, as bits in the low half of 32.</summary>
internal interface ISixteenBits
{
    static abstract Vector<float> Widen(Vector<uint> bits);

    /// <summary>To the nearest, ties to even.</summary>
    static abstract Vector<uint> Round(Vector<float> values);
}
