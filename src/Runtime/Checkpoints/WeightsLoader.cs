using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// In: the file of <c>--init</c> and the model. Out: a tensor for each parameter and buffer, by name. The names and shapes
/// are checked before a tensor is read, so a file that does not fit costs nothing and changes nothing.
/// </summary>
public static class WeightsLoader
{
    /// <summary>
    /// The tensors, on the CPU in the file's element types: any floating type may start a floating parameter. They are the
    /// caller's to dispose.
    /// </summary>
    public static ImmutableSortedDictionary<string, Tensor> Load(string path, CheckedModel model)
    {
        Check(path, SafetensorsFile.ReadHeader(path), model);
        return SafetensorsFile.Read(path);
    }

    /// <summary>Fails, naming every tensor that is missing, left over, or of another shape, unless the file fits.</summary>
    internal static void Check(string path, SafetensorsHeader header, CheckedModel model)
    {
        var expected = Expected(model);
        var found = header.Entries.ToImmutableSortedDictionary(entry => entry.Name, entry => entry, StringComparer.Ordinal);
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

    private static ImmutableSortedDictionary<string, (Shape Shape, bool IsInteger)> Expected(CheckedModel model) =>
        model.Layers.SelectMany(layer => layer.Parameters.Select(parameter => (parameter.Name, parameter.Shape, IsInteger: false))
                .Concat(layer.Buffers.Select(buffer => (buffer.Name, buffer.Shape, buffer.IsInteger))))
            .ToImmutableSortedDictionary(
                tensor => tensor.Name, tensor => (tensor.Shape, tensor.IsInteger), StringComparer.Ordinal);

    private static IEnumerable<string> Differences(string name, (Shape Shape, bool IsInteger) expected, SafetensorsEntry found)
    {
        if (!expected.Shape.Equals(found.Shape))
            yield return $"`{name}` is {found.Shape} where the model has {expected.Shape}";
        if (expected.IsInteger == found.Type.IsFloatingPoint)
            yield return $"`{name}` is {found.Type.Name} where the model has "
                + $"{(expected.IsInteger ? "I64" : "floating-point numbers")}";
    }
}
