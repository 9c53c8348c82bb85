using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Combinations;

namespace ParDsl.Compiler.Printing;

/// <summary>A checked model as a table of its layers, and its totals.</summary>
internal static class CheckedModelPrinter
{
    private static readonly string[] Head =
        ["name", "layer", "output", "parameters", "FLOPs/sample", "saved bytes/sample"];

    /// <summary>Its lines, indented by two; the table keeps to the width.</summary>
    public static IEnumerable<string> Lines(CheckedModel model, Precision precision, int width)
    {
        var bytes = precision.ElementBytes();
        var input = model.InputKind is ValueKind.Tokens ? "input (tokens)" : "input";
        string[] inputRow = ["", input, model.Input.ToString(), "", "", ""];
        var rows = model.Layers.Select(layer => Row(model, layer, precision));
        return
        [
            .. TextTable.Of(Head, [inputRow, .. rows], width, leftCount: 3).TrimEnd('\n').Split('\n'),
            "",
            $"  parameters           {Wording.Number(model.ParameterCount)} ({Wording.Number(model.ParameterCount * bytes)} bytes)",
            $"  FLOPs/sample         {Wording.Number(model.FlopsPerSample)} forward",
            $"  saved bytes/sample   {Wording.Number(model.Layers.Sum(layer => layer.SavedBytesPerSample(precision)))}",
        ];
    }

    private static string[] Row(CheckedModel model, CheckedLayer layer, Precision precision) =>
    [
        layer.Name,
        LayerText.WriteWhole(layer) + Inputs(model, layer),
        layer.Output.ToString(),
        Wording.Number(layer.ParameterCount),
        Wording.Number(layer.FlopsPerSample),
        Wording.Number(layer.SavedBytesPerSample(precision)),
    ];

    /// <summary>Where a layer takes more or other than the layer above it gives: <c> (3 + 4.1)</c>.</summary>
    private static string Inputs(CheckedModel model, CheckedLayer layer)
    {
        var names = layer.Inputs.Select(input => InputName(model, input));
        if (CombinationCatalogue.Find(layer.Kind) is { } combination)
            return $" ({string.Join(combination.Sign, names)})";
        return layer.Inputs is [var single] && single != layer.Index - 1 ? $" (from {InputName(model, single)})" : "";
    }

    private static string InputName(CheckedModel model, int input) =>
        input == CheckedLayer.ModelInput ? "input" : model.Layers[input].Name;
}
