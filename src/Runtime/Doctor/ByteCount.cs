using System.Globalization;

namespace ParDsl.Runtime.Doctor;

/// <summary>Bytes in the unit that people read: <c>15.6 GiB</c>.</summary>
internal static class ByteCount
{
    private const double Gibibyte = 1L << 30;
    private const double Mebibyte = 1L << 20;

    public static string Words(long bytes) => bytes >= Gibibyte
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Gibibyte:0.0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte:0} MiB");
}
