using System.Globalization;

namespace ParDsl.Compiler.Plans;

/// <summary>Bytes for people, in powers of 1024: <c>800 B</c>, <c>42.1 KiB</c>, <c>16 GiB</c>.</summary>
public static class ByteText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>What one digit behind the point would show as 1024 is one of the next unit.</summary>
    private const double RoundedUp = 1023.95;

    public static string Of(long bytes)
    {
        var unit = 0;
        var size = (double)bytes;
        for (; size >= RoundedUp && unit < Units.Length - 1; unit++)
            size /= 1024;
        return $"{size.ToString("0.#", CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
