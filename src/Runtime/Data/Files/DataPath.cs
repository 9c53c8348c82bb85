using ParDsl.Source;

namespace ParDsl.Runtime.Data.Files;

/// <summary>A path as the spec writes it becomes a full one: relative paths start at the spec's folder.</summary>
internal static class DataPath
{
    // The one character that no path holds, which a text can: "\u0000".
    private const char Nul = '\0';

    /// <exception cref="RunFailedException">No file can have this path.</exception>
    public static string Resolve(SourceSpan span, string path)
    {
        if (path.Contains(Nul))
            throw new RunFailedException(FileErrors.NotFound(span, path));
        var folder = Path.GetDirectoryName(span.File.Path);
        return Path.GetFullPath(string.IsNullOrEmpty(folder) ? path : Path.Combine(folder, path));
    }
}
