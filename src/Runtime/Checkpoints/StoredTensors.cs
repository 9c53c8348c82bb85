using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>The tensors of one file, or of several that hold them together. They stay on the disk until they are asked for.</summary>
internal sealed class StoredTensors : IDisposable
{
    private readonly ImmutableArray<TensorFile> files;

    private StoredTensors(ImmutableArray<TensorFile> files)
    {
        this.files = files;
        ByName = files
            .SelectMany(file => file.Header.Entries.Select(entry =>
                new StoredPiece(file, entry, PieceMetadata.Read(file.Path, file.Header, entry))))
            .GroupBy(piece => piece.Entry.Name, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                group => group.Key, group => new StoredTensor([.. group]), StringComparer.Ordinal);
    }

    public ImmutableSortedDictionary<string, StoredTensor> ByName { get; }

    /// <summary>None at all.</summary>
    public static StoredTensors Empty { get; } = new([]);

    /// <summary>Reads the headers. Where a tensor is in pieces, all of them must be there.</summary>
    /// <exception cref="RunFailedException">A file is missing or broken, or a tensor is not whole.</exception>
    public static StoredTensors Open(IEnumerable<TensorFile> files) => new([.. files]);

    public bool Has(string name) => ByName.ContainsKey(name);

    /// <summary>A run of the elements of a tensor's slice, or of all of it.</summary>
    /// <returns>[count], on the CPU in the file's type; the caller's to dispose of. Null where there is no such tensor.</returns>
    public Tensor? Read(string name, ParameterSlice? slice, long start, long count) =>
        ByName.TryGetValue(name, out var tensor) ? tensor.Read(slice, start, count) : null;

    public void Dispose()
    {
        foreach (var file in files)
            file.Dispose();
    }
}
