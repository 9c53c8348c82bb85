using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Printing;

/// <summary>A checked model as a table of its layers, and its totals.</summary>
internal static class CheckedModelPrinter
{
    private static readonly string[] Head =
        ["name", "layer", "output", "parameters", "FLOPs/sample", "saved bytes/sample"];

    public static IEnumerable<string> Lines(CheckedModel model, Precision precision)
    {
        var bytes = precision.ElementBytes();
        var input = model.InputKind is ValueKind.Tokens ? "input (tokens)" : "input";
        string[] inputRow = ["", input, model.Input.ToString(), "", "", ""];
        var rows = model.Layers.Select(layer => Row(model, layer, bytes));
        return
        [
            .. Aligned([Head, inputRow, .. rows]),
            "",
            $"parameters           {Wording.Number(model.ParameterCount)} ({Wording.Number(model.ParameterCount * bytes)} bytes)",
            $"FLOPs/sample         {Wording.Number(model.FlopsPerSample)} forward",
            $"saved bytes/sample   {Wording.Number(model.Layers.Sum(layer => layer.SavedElementsPerSample) * bytes)}",
        ];
    }

    private static string[] Row(CheckedModel model, CheckedLayer layer, int bytes) =>
    [
        layer.Name,
        LayerText.WriteWhole(layer) + Bypass(model, layer),
        layer.Output.ToString(),
        Wording.Number(layer.ParameterCount),
        Wording.Number(layer.FlopsPerSample),
        Wording.Number(checked(layer.SavedElementsPerSample * bytes)),
    ];

    /// <summary>Where a layer takes more than the layer above it gives: a residual's bypass.</summary>
    private static string Bypass(CheckedModel model, CheckedLayer layer) => layer.Inputs.Length < 2
        ? ""
        : $" ({string.Join(" + ", layer.Inputs.Select(input => InputName(model, input)))})";

    private static string InputName(CheckedModel model, int input) =>
        input == CheckedLayer.ModelInput ? "input" : model.Layers[input].Name;

    /// <summary>Words to the left, numbers to the right, two spaces between.</summary>
    private static IEnumerable<string> Aligned(IReadOnlyList<string[]> rows)
    {
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => column < 3
            ? cell.PadRight(widths[column])
            : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
