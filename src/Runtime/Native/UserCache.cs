namespace ParDsl.Runtime.Native;

/// <summary>The folder of ParDsl's own in the user's cache, for what can be made again.</summary>
public static class UserCache
{
    /// <summary>It need not be there yet.</summary>
    public static string Folder => Path.Combine(Root, "pardsl");

    /// <summary>By the XDG Base Directory Specification on Linux; elsewhere where the system has such things.</summary>
    internal static string Root =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder ? folder
            : OperatingSystem.IsLinux() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
}
