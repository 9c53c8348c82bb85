using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>
/// Numbers as they are read, and then as compact as they allow: bytes, single precision, or double where a bit would be
/// lost.
/// </summary>
internal sealed class NumberColumn
{
    private readonly List<double> numbers = [];

    public int Count => numbers.Count;

    public void Add(double number) => numbers.Add(number);

    public long[] ToLabels() => [.. numbers.Select(number => (long)number)];

    public SampleMatrix ToMatrix(int rowCount, int width)
    {
        var values = CollectionsMarshal.AsSpan(numbers);
        if (All(values, IsByte))
            return new ByteMatrix([.. numbers.Select(number => (byte)number)], rowCount, width);
        if (All(values, IsSingle))
            return new SingleMatrix([.. numbers.Select(number => (float)number)], rowCount, width);
        return new DoubleMatrix(values.ToArray(), rowCount, width);
    }

    private static bool All(ReadOnlySpan<double> values, Func<double, bool> fits)
    {
        foreach (var value in values)
        {
            if (!fits(value))
                return false;
        }

        return true;
    }

    // -0 is no byte: its sign would be lost.
    private static bool IsByte(double value) => value is >= 0 and <= 255 && value == (byte)value && !double.IsNegative(value);

    private static bool IsSingle(double value) => (float)value == value;
}
