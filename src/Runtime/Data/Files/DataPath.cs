using ParDsl.Source;

namespace ParDsl.Runtime.Data.Files;

/// <summary>A path as the spec writes it becomes a full one: relative paths start at the spec's folder.</summary>
internal static class DataPath
{
    public static string Resolve(SourceSpan span, string path)
    {
        var folder = Path.GetDirectoryName(span.File.Path);
        return Path.GetFullPath(string.IsNullOrEmpty(folder) ? path : Path.Combine(folder, path));
    }
}
