using System.Globalization;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>Numbers as CSV files write them: a dot for decimals, an exponent, spaces around; in no culture's own way.</summary>
internal static class CsvNumber
{
    /// <summary>Whether it reads as a number, finite or not.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
