using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// How a file says that a tensor is a piece: an entry of its metadata, <c>piece fc1.weight</c>, with a JSON text that gives
/// the whole tensor's shape, the slice and the offset. A tensor without one is whole.
/// </summary>
internal static class PieceMetadata
{
    private const string Prefix = "piece ";

    public static IEnumerable<KeyValuePair<string, string>> Of(
        IEnumerable<string> names, ImmutableSortedDictionary<string, PiecePlace> places) => names
        .Where(places.ContainsKey)
        .Select(name => KeyValuePair.Create(Prefix + name, Write(places[name])));

    /// <summary>Whether the file holds parts of tensors.</summary>
    public static bool IsIn(SafetensorsHeader header) =>
        header.Metadata.Keys.Any(key => key.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>Of the whole tensor where the header says nothing else.</summary>
    /// <exception cref="RunFailedException">What it says is no place in a tensor.</exception>
    public static PiecePlace Read(string path, SafetensorsHeader header, SafetensorsEntry entry)
    {
        if (!header.Metadata.TryGetValue(Prefix + entry.Name, out var text))
            return new PiecePlace(entry.Shape, null, 0);
        try
        {
            using var json = JsonDocument.Parse(text);
            var place = Read(json.RootElement);
            return IsWithin(place, entry.Shape.ElementCount) ? place : throw new FormatException("it is no part of its tensor");
        }
        catch (Exception cause) when (
            cause is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw SafetensorsErrors.BadEntry(path, entry.Name, "a place in the whole tensor that it is a piece of");
        }
    }

    private static string Write(PiecePlace place)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("shape");
            foreach (var size in place.Whole.Sizes)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            if (place.Slice is { } slice)
                WriteSlice(json, slice);
            json.WriteNumber("offset", place.ElementOffset);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void WriteSlice(Utf8JsonWriter json, ParameterSlice slice)
    {
        json.WriteNumber("dimension", slice.Cut.Dimension);
        json.WriteNumber("blocks", slice.Cut.Blocks);
        json.WriteNumber("index", slice.Index);
        json.WriteNumber("count", slice.Count);
    }

    private static PiecePlace Read(JsonElement root) => new(
        new Shape([.. root.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())]),
        root.TryGetProperty("dimension", out var dimension)
            ? new ParameterSlice(
                new ParameterCut(dimension.GetInt32(), root.GetProperty("blocks").GetInt32()),
                root.GetProperty("index").GetInt32(),
                root.GetProperty("count").GetInt32())
            : null,
        root.GetProperty("offset").GetInt64());

    private static bool IsWithin(PiecePlace place, long elementCount) =>
        place.Whole.Sizes.All(size => size >= 0)
        && (place.Slice is not { } slice || Divides(slice, place.Whole))
        && place.ElementOffset >= 0
        && place.ElementOffset <= place.SliceElementCount - elementCount;

    private static bool Divides(ParameterSlice slice, Shape whole) =>
        slice.Cut.Dimension >= 0 && slice.Cut.Dimension < whole.Sizes.Length
        && slice.Cut.Blocks > 0 && slice.Count > 0 && slice.Index >= 0 && slice.Index < slice.Count
        && whole.Sizes[slice.Cut.Dimension] % ((long)slice.Cut.Blocks * slice.Count) == 0;
}
