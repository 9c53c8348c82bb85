using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>What products ask for in JSON: of each [what it gives, precision, rows, inputs, outputs, threads, bytes].</summary>
internal static class PanelText
{
    public static void Write(Utf8JsonWriter json, PanelSizes panels)
    {
        json.WriteStartArray("panels");
        foreach (var (product, bytes) in panels.All)
        {
            json.WriteStartArray();
            json.WriteStringValue(product.Kind.Name());
            json.WriteStringValue(product.Precision.Name());
            foreach (var number in (long[])[product.Rows, product.Inputs, product.Outputs, product.Threads, bytes])
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public static PanelSizes Read(JsonElement panels)
    {
        var read = panels.EnumerateArray().Select(ReadOne).ToImmutableArray();
        Require(read.DistinctBy(panel => panel.Product).Count() == read.Length);
        return new PanelSizes(read);
    }

    private static (WeightProduct Product, long Bytes) ReadOne(JsonElement panel)
    {
        Require(panel.GetArrayLength() == 7);
        var product = new WeightProduct(
            Named(panel[1], Enum.GetValues<Precision>(), PrecisionFacts.Name),
            Named(panel[0], Enum.GetValues<ProductKind>(), ProductKindFacts.Name),
            panel[2].GetInt64(),
            panel[3].GetInt64(),
            panel[4].GetInt64(),
            panel[5].GetInt32());
        var bytes = panel[6].GetInt64();
        Require(product is { Rows: > 0, Inputs: > 0, Outputs: > 0, Threads: > 0 } && bytes >= 0);
        return (product, bytes);
    }

    private static TEnum Named<TEnum>(JsonElement word, TEnum[] all, Func<TEnum, string> key)
    {
        var found = Array.FindIndex(all, each => key(each) == word.GetString());
        Require(found >= 0);
        return all[found];
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new FormatException("a calibration has a product that no machine does");
    }
}
