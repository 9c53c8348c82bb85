using ParDsl.Goldens;

namespace ParDsl.Architecture.Tests;

/// <summary>The repository's files, by paths from its root with <c>/</c> between the folders.</summary>
public static class Repository
{
    private static readonly string[] MadeFolders = ["obj", "bin", "artifacts"];

    public static string At(string path) => Path.Combine(Golden.Root, path);

    public static string Read(string path) => File.ReadAllText(At(path));

    /// <summary>The F# and C# files that people wrote, below one of the folders.</summary>
    public static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(folder => Files(folder)).Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".fs", StringComparison.Ordinal));

    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Golden.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(MadeFolders).Any())
            .Order(StringComparer.Ordinal);
}
