namespace ParDsl.Runtime.Doctor;

/// <summary>Where a program or a library lies, in the order in which the system would look.</summary>
internal static class ProgramSearch
{
    private static readonly string[] LibraryFolders =
    [
        "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib",
        "/usr/lib64/openmpi/lib", "/usr/lib64/mpich/lib", "/usr/local/openmpi/lib", "/usr/local/mpich/lib", "/opt/openmpi/lib",
    ];

    /// <summary>The program's file, from PATH, or null.</summary>
    public static string? Program(string name) =>
        Folders("PATH").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>
    /// The first file whose name fits the pattern, in LD_LIBRARY_PATH and where distributions put libraries; or null.
    /// </summary>
    public static string? Library(string pattern) =>
        Folders("LD_LIBRARY_PATH").Concat(LibraryFolders).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, Quietly).Order(StringComparer.Ordinal))
            .FirstOrDefault();

    private static EnumerationOptions Quietly => new() { IgnoreInaccessible = true };

    private static string[] Folders(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
