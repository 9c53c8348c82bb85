using ParDsl.Compiler.Data;
using ParDsl.Runtime.Data.Files;

namespace ParDsl.Runtime.Data.Idx;

/// <summary>The folder's files by the names that MNIST gave them, each plain or with <c>.gz</c> behind its name.</summary>
/// <param name="Test">Null where neither of the test part's files is there.</param>
internal sealed record IdxFolder(IdxPair Training, IdxPair? Test)
{
    /// <exception cref="RunFailedException">The folder or a file is not there.</exception>
    public static IdxFolder Find(DatasetRequest request)
    {
        var folder = DataPath.Resolve(request.SourceSpan, request.Source.Arguments.Text("folder"));
        if (File.Exists(folder))
            throw new RunFailedException(FileErrors.FileForFolder(request.SourceSpan, folder));
        if (!Directory.Exists(folder))
            throw new RunFailedException(FileErrors.NotFound(request.SourceSpan, folder));
        // Half a test part is a mistake, none is not.
        var hasTest = FileOf(folder, ImagesOf("t10k")) is not null || FileOf(folder, LabelsOf("t10k")) is not null;
        return new IdxFolder(Pair("train"), hasTest ? Pair("t10k") : null);

        IdxPair Pair(string part) => new(Need(ImagesOf(part)), Need(LabelsOf(part)), request.SourceSpan);

        string Need(string name) => FileOf(folder, name)
            ?? throw new RunFailedException(FileErrors.NotFound(request.SourceSpan, Path.Combine(folder, name + ".gz")));
    }

    private static string ImagesOf(string part) => part + "-images-idx3-ubyte";

    private static string LabelsOf(string part) => part + "-labels-idx1-ubyte";

    private static string? FileOf(string folder, string name)
    {
        var plain = Path.Combine(folder, name);
        return File.Exists(plain) ? plain : File.Exists(plain + ".gz") ? plain + ".gz" : null;
    }
}
