using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Source;

namespace ParDsl.Runtime.Tests.Data;

/// <summary>Requests as the compiler makes them, for a spec `spec.pd` in the folder of the data.</summary>
internal static class DataRequests
{
    public static DatasetRequest Csv(TemporaryFolder folder, string path, CheckedTarget? target = null) => Of(
        folder, "csv", target ?? new CheckedTarget.Class(3), null, ("path", path), ("header", "auto"), ("delimiter", ","));

    public static DatasetRequest Idx(TemporaryFolder folder, string path, long classes = 10) =>
        Of(folder, "idx", new CheckedTarget.Class(classes), null, ("folder", path));

    public static DatasetRequest Synthetic(TemporaryFolder folder, Shape? input, CheckedTarget? target, long count, long seed = 0) =>
        Of(folder, "synthetic", target, input, ("count", count), ("seed", seed));

    public static DatasetRequest Text(TemporaryFolder folder, string path, long length) =>
        Of(folder, "text", null, null, ("path", path), ("length", length));

    public static DatasetRequest SyntheticText(
        TemporaryFolder folder, long count, long length, long vocabulary, long seed = 0) => Of(
        folder, "synthetic_text", null, null, ("count", count), ("length", length), ("vocabulary", vocabulary), ("seed", seed));

    /// <summary>A text as the checker would pass it on.</summary>
    public static CheckedData CheckedText(DatasetRequest request, DatasetDescription description, double validation) => new(
        request.Source,
        description.Input,
        1,
        0,
        new CheckedTarget.Class(description.Vocabulary!.Value) { Places = description.Input },
        validation,
        description,
        [],
        [],
        request.SourceSpan);

    /// <summary>The same data as the checker would pass it on.</summary>
    public static CheckedData Checked(DatasetRequest request, Shape input, double scale = 1, double validation = 0) => new(
        request.Source,
        input,
        scale,
        0,
        request.Target ?? throw new ArgumentException("no target"),
        validation,
        new DatasetDescription(input, 1, null, 0),
        request.InputColumns,
        request.TargetColumns,
        request.SourceSpan);

    public static CheckedTraining Training(long seed = 42, bool shuffle = true)
    {
        var component = new CheckedComponent("mse", CheckedArguments.None, new SourcePlace("spec.pd", 1, 1));
        return new CheckedTraining(component, component, component, [], 4, 1, 1, 0, 0, seed, shuffle, Precision.Float32, 0, SourceSpan.Nowhere);
    }

    private static DatasetRequest Of(
        TemporaryFolder folder, string kind, CheckedTarget? target, Shape? input, params (string Name, object Value)[] arguments)
    {
        var file = new SourceFile(folder.PathOf("spec.pd"), "source");
        var span = new SourceSpan(file, 0, file.Text.Length);
        var values = arguments.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        var source = new CheckedComponent(kind, new CheckedArguments(values), new SourcePlace("spec.pd", 1, 1));
        return new DatasetRequest(source, span, [], span, [], span, input, target);
    }
}
