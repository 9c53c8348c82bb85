using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>The processor's name as Linux has it: <c>AMD EPYC 9354P</c>. Where it tells none, the architecture.</summary>
internal static class ProcessorModel
{
    private const string File = "/proc/cpuinfo";

    /// <summary>x86 has a name, ARM the numbers of its maker and of the part.</summary>
    private static readonly string[] Keys = ["model name", "CPU implementer", "CPU part"];

    public static string Read()
    {
        try
        {
            return Of(System.IO.File.ReadLines(File));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return Architecture;
        }
    }

    /// <param name="lines">Of the file: those of the first processor are enough.</param>
    internal static string Of(IEnumerable<string> lines)
    {
        var first = lines.TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2 && parts[1].Length > 0)
            .ToLookup(parts => parts[0], parts => parts[1]);
        var values = Keys.SelectMany(key => first[key].Take(1)).ToArray();
        return values.Length == 0 ? Architecture : string.Join(' ', values);
    }

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString();
}
