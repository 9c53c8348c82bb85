using System.Numerics;
using System.Runtime.CompilerServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>Adds values to others of their kind, element by element.</summary>
/// <param name="values">The address of so many elements.</param>
/// <param name="sum">That of the elements that they are added to.</param>
internal delegate void ValueAdder(nint values, nint sum, int count);

/// <summary>Sums of the element types that .NET has.</summary>
internal static unsafe class ValueSums
{
    /// <summary>A <see cref="ValueAdder"/>.</summary>
    public static void Add<T>(nint values, nint sum, int count)
        where T : unmanaged, INumberBase<T>
    {
        var from = (T*)values;
        var to = (T*)sum;
        var index = 0;
        for (; index <= count - Vector<T>.Count; index += Vector<T>.Count)
        {
            var total = Unsafe.ReadUnaligned<Vector<T>>(from + index) + Unsafe.ReadUnaligned<Vector<T>>(to + index);
            Unsafe.WriteUnaligned(to + index, total);
        }

        for (; index < count; index++)
            to[index] += from[index];
    }
}
