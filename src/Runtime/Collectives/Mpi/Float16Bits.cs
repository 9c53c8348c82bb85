using System.Numerics;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>IEEE 754's binary16: a sign, 5 bits of exponent (bias 15), 10 bits of fraction.</summary>
internal readonly struct Float16Bits : ISixteenBits
{
    // A float16's exponent and fraction lie 13 places higher in a float32, whose exponent has a bias of 127.
    private const int Shift = 13;
    private const uint Rebias = (127 - 15) << 23;
    private const uint LargestExponent = 31u << 23;

    // 2 to the power -14, float16's smallest normal number, as a float32's bits.
    private const uint SmallestNormal = 113u << 23;

    // 2 to the power 16: from here on all is infinite. What is between it and 65504 rounds there by itself.
    private const uint Overflow = (127 + 16) << 23;

    // A float32 whose last place is float16's smallest step: adding it makes the processor round there.
    private const uint Denormalizer = (127 - 15 + Shift + 1) << 23;

    private const uint Infinity = 0x7c00;
    private const uint NotANumber = 0x7e00;

    public static Vector<float> Widen(Vector<uint> bits)
    {
        var sign = Vector.ShiftLeft(bits & new Vector<uint>(0x8000), 16);
        var magnitude = Vector.ShiftLeft(bits & new Vector<uint>(0x7fff), Shift);
        var exponent = magnitude & new Vector<uint>(LargestExponent);
        var normal = magnitude + new Vector<uint>(Rebias);
        // Infinities and what is no number have the largest exponent, there and here.
        var special = normal + new Vector<uint>(Rebias);
        // Below the smallest normal number the fraction has no hidden one: it is put there, and subtracted.
        var hidden = Vector.AsVectorSingle(normal + new Vector<uint>(1u << 23));
        var small = Vector.AsVectorUInt32(hidden - Vector.AsVectorSingle(new Vector<uint>(SmallestNormal)));
        var value = Vector.ConditionalSelect(Vector.Equals(exponent, Vector<uint>.Zero), small, normal);
        value = Vector.ConditionalSelect(Vector.Equals(exponent, new Vector<uint>(LargestExponent)), special, value);
        return Vector.AsVectorSingle(value | sign);
    }

    public static Vector<uint> Round(Vector<float> values)
    {
        var bits = Vector.AsVectorUInt32(values);
        var sign = bits & new Vector<uint>(0x80000000);
        var magnitude = bits ^ sign;
        var lastPlace = Vector.ShiftRightLogical(magnitude, Shift) & Vector<uint>.One;
        var normal = Vector.ShiftRightLogical(magnitude - new Vector<uint>(Rebias) + new Vector<uint>(0xfff) + lastPlace, Shift);
        var denormalizer = new Vector<uint>(Denormalizer);
        var small = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) + Vector.AsVectorSingle(denormalizer)) - denormalizer;
        var result = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<uint>(SmallestNormal)), small, normal);
        result = Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(Overflow)), new Vector<uint>(Infinity), result);
        var isNumber = Vector.AsVectorUInt32(Vector.Equals(values, values));
        result = Vector.ConditionalSelect(isNumber, result, new Vector<uint>(NotANumber));
        return result | Vector.ShiftRightLogical(sign, 16);
    }
}
