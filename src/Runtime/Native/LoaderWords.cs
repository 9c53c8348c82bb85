namespace ParDsl.Runtime.Native;

internal static class LoaderWords
{
    /// <summary>The dynamic loader's sentence about a file, without .NET's advice around it.</summary>
    public static string Of(string file, Exception failure)
    {
        var lines = failure.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Skip(1).FirstOrDefault(line => !line.Contains($"{file}.so", StringComparison.Ordinal)) ?? lines[0];
    }
}
