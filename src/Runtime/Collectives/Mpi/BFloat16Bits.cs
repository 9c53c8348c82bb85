using System.Numerics;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>The upper half of a float32.</summary>
internal readonly struct BFloat16Bits : ISixteenBits
{
    private const uint NotANumber = 0x7fc0;

    public static Vector<float> Widen(Vector<uint> bits) => Vector.AsVectorSingle(Vector.ShiftLeft(bits, 16));

    public static Vector<uint> Round(Vector<float> values)
    {
        var bits = Vector.AsVectorUInt32(values);
        // Half of the last place that stays, less one where that place is even: a tie then rounds to even.
        var lastPlace = Vector.BitwiseAnd(Vector.ShiftRightLogical(bits, 16), Vector<uint>.One);
        var rounded = Vector.ShiftRightLogical(bits + new Vector<uint>(0x7fff) + lastPlace, 16);
        var isNumber = Vector.AsVectorUInt32(Vector.Equals(values, values));
        return Vector.ConditionalSelect(isNumber, rounded, new Vector<uint>(NotANumber));
    }
}
