using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>One of the parts that a checkpoint's tensors are written in, and the names of its files.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">1 where the checkpoint is in one part, of whole tensors.</param>
internal readonly record struct CheckpointPart(int Number, int Count)
{
    public static readonly CheckpointPart Whole = new(1, 1);

    public string ModelName => Of(CheckpointFolder.ModelName);

    public string OptimizerName => Of(CheckpointFolder.OptimizerName);

    public static ImmutableArray<CheckpointPart> All(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new CheckpointPart(number, count))];

    /// <summary><c>model-00002-of-00004.safetensors</c>, as others who cut weights name them too.</summary>
    private string Of(string name) => Count == 1
        ? name
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileNameWithoutExtension(name)}-{Number:00000}-of-{Count:00000}{Path.GetExtension(name)}");
}
