namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// In: what .NET threw at a file operation. Out: why, in our words, since an exception's own text is never shown.
/// </summary>
internal static class FileTrouble
{
    // The numbers are Linux's: .NET keeps the system's error number in HResult.
    private const int TooManyFiles = 24;
    private const int TooLarge = 27;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int NameTooLong = 36;
    private const int QuotaExceeded = 122;

    /// <summary>What a file operation throws for reasons outside the program; anything else is a mistake of ours.</summary>
    public static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    public static string Words(Exception cause) => cause switch
    {
        PartTroubleException part => part.Message,
        UnauthorizedAccessException => "permission is denied",
        FileNotFoundException or DirectoryNotFoundException => "it is not there, or a folder on the way to it is not",
        PathTooLongException => "its path is too long",
        EndOfStreamException => "it ended early",
        ArgumentException or NotSupportedException => "its name is no file name",
        _ => Words(cause.HResult),
    };

    private static string Words(int number) => number switch
    {
        TooManyFiles => "too many files are open",
        TooLarge => "it would grow past the largest size that is allowed",
        NoSpace => "the disk is full",
        ReadOnly => "its file system is read-only",
        NameTooLong => "its name is too long",
        QuotaExceeded => "the disk quota is used up",
        _ => "the system refused it",
    };
}
