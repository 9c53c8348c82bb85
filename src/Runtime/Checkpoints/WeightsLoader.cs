using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// In: what <c>--init</c> names, a file or a checkpoint's folder, and the model. Out: a tensor for each parameter and buffer,
/// by name. The names and shapes are checked before a tensor is read, so what does not fit costs nothing and changes nothing.
/// </summary>
internal static class WeightsLoader
{
    /// <summary>
    /// The tensors, still on the disk, in the files' element types: any floating type may start a floating parameter. They
    /// are the caller's to dispose of.
    /// </summary>
    public static StoredTensors Open(string path, CheckedModel model)
    {
        var tensors = Open(path);
        try
        {
            Check(path, tensors, model);
            return tensors;
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
    }

    /// <summary>Fails, naming every tensor that is missing, left over, or of another shape, unless the tensors fit.</summary>
    internal static void Check(string path, StoredTensors tensors, CheckedModel model)
    {
        var expected = Expected(model);
        var found = tensors.ByName;
        ImmutableArray<string> mistakes =
        [
            .. expected.Where(tensor => !found.ContainsKey(tensor.Key))
                .Select(tensor => $"`{tensor.Key}` {tensor.Value.Shape} is missing"),
            .. found.Where(tensor => !expected.ContainsKey(tensor.Key))
                .Select(tensor => $"`{tensor.Key}` {tensor.Value.Shape} is not in the model"),
            .. expected.Where(tensor => found.ContainsKey(tensor.Key))
                .SelectMany(tensor => Differences(tensor.Key, tensor.Value, found[tensor.Key])),
        ];
        if (!mistakes.IsEmpty)
            throw WeightErrors.DoNotFit(path, mistakes);
    }

    private static StoredTensors Open(string path)
    {
        if (!File.Exists(Path.Combine(path, CheckpointFolder.SumsName)))
            return StoredTensors.Open([new TensorFile(path, sum: null)]);
        return CheckpointReader.Read(path, out var flaw) is { } checkpoint
            ? checkpoint.OpenModel()
            : throw CheckpointErrors.DamagedWeights(path, flaw);
    }

    private static ImmutableSortedDictionary<string, (Shape Shape, bool IsInteger)> Expected(CheckedModel model) =>
        model.Layers.SelectMany(layer => layer.Parameters.Select(parameter => (parameter.Name, parameter.Shape, IsInteger: false))
                .Concat(layer.Buffers.Select(buffer => (buffer.Name, buffer.Shape, buffer.IsInteger))))
            .ToImmutableSortedDictionary(
                tensor => tensor.Name, tensor => (tensor.Shape, tensor.IsInteger), StringComparer.Ordinal);

    private static IEnumerable<string> Differences(string name, (Shape Shape, bool IsInteger) expected, StoredTensor found)
    {
        if (!expected.Shape.Equals(found.Shape))
            yield return $"`{name}` is {found.Shape} where the model has {expected.Shape}";
        if (expected.IsInteger == found.Type.IsFloatingPoint)
            yield return $"`{name}` is {found.Type.Name} where the model has "
                + $"{(expected.IsInteger ? "I64" : "floating-point numbers")}";
    }
}
