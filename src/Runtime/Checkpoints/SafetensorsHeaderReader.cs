using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// In: a file that anyone may have made. Out: its header, every claim of which was held against the file's true length, so
/// that reading the tensors can neither leave the file nor allocate more than it holds. It needs no libtorch.
/// </summary>
internal sealed class SafetensorsHeaderReader(string path)
{
    public const int LengthBytes = 8;
    public const string MetadataName = "__metadata__";

    /// <summary>The format's own limit: a header is names and numbers, and a longer one is an attack or another format.</summary>
    private const long MaximumHeaderBytes = 100_000_000;

    public SafetensorsHeader Read(Stream stream)
    {
        var headerBytes = ReadLength(stream);
        var buffer = new byte[headerBytes];
        stream.ReadExactly(buffer);
        using var document = Parse(buffer);
        var properties = Properties(document.RootElement);
        var entries = properties.Where(property => property.Name != MetadataName)
            .Select(property => ReadEntry(property.Name, property.Value))
            .OrderBy(entry => entry.Start).ThenBy(entry => entry.End).ToImmutableArray();
        var dataOffset = LengthBytes + headerBytes;
        var metadata = ReadMetadata(properties);
        CheckThatTheyTile(entries, stream.Length - dataOffset);
        return new SafetensorsHeader(entries, metadata, dataOffset);
    }

    private long ReadLength(Stream stream)
    {
        if (stream.Length < LengthBytes)
            throw SafetensorsErrors.TooShort(path, stream.Length);
        Span<byte> buffer = stackalloc byte[LengthBytes];
        stream.ReadExactly(buffer);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(buffer);
        var room = stream.Length - LengthBytes;
        return length <= (ulong)Math.Min(room, MaximumHeaderBytes)
            ? (long)length
            : throw SafetensorsErrors.HeaderBeyondFile(path, length, room);
    }

    private JsonDocument Parse(byte[] buffer)
    {
        try
        {
            return JsonDocument.Parse(buffer, new JsonDocumentOptions { MaxDepth = 4 });
        }
        catch (JsonException mistake)
        {
            throw SafetensorsErrors.HeaderIsNotJson(path, mistake.BytePositionInLine ?? 0, mistake);
        }
    }

    /// <summary>The header's own names and values; a name that stands twice, or is no text, is refused.</summary>
    private ImmutableArray<(string Name, JsonElement Value)> Properties(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw SafetensorsErrors.HeaderIsNoObject(path);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var properties = ImmutableArray.CreateBuilder<(string, JsonElement)>();
        foreach (var property in root.EnumerateObject())
        {
            var name = Text(() => property.Name, "a name");
            if (!names.Add(name))
                throw SafetensorsErrors.DuplicateName(path, name);
            properties.Add((name, property.Value));
        }

        return properties.ToImmutable();
    }

    private SafetensorsEntry ReadEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw SafetensorsErrors.BadEntry(path, name, "an object with `dtype`, `shape` and `data_offsets`");
        var type = ReadType(name, Member(element, name, "dtype"));
        var shape = new Shape(Integers(Member(element, name, "shape"), name, "shape"));
        var offsets = Integers(Member(element, name, "data_offsets"), name, "data_offsets");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw SafetensorsErrors.BadEntry(path, name, "`data_offsets` of two numbers, the first not above the second");
        var expected = shape.Sizes.Aggregate(new BigInteger(type.Bytes), (product, size) => product * size);
        return expected == offsets[1] - offsets[0]
            ? new SafetensorsEntry(name, type, shape, offsets[0], offsets[1])
            : throw SafetensorsErrors.WrongByteCount(path, name, type, shape, expected, offsets[1] - offsets[0]);
    }

    private SafetensorsType ReadType(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw SafetensorsErrors.BadEntry(path, name, "`dtype` as a string");
        var text = Text(() => element.GetString()!, name);
        return SafetensorsType.Find(text) ?? throw SafetensorsErrors.UnknownType(path, name, text);
    }

    private JsonElement Member(JsonElement element, string name, string member) =>
        element.TryGetProperty(member, out var value) ? value : throw SafetensorsErrors.BadEntry(path, name, $"`{member}`");

    private ImmutableArray<long> Integers(JsonElement element, string name, string member)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw SafetensorsErrors.BadEntry(path, name, $"`{member}` as a list of whole numbers");
        return [.. element.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var value) && value >= 0
                ? value
                : throw SafetensorsErrors.BadEntry(path, name, $"`{member}` as a list of whole numbers"))];
    }

    /// <summary>As the format demands: each tensor starts where the one before ends, and the last one ends the file.</summary>
    private void CheckThatTheyTile(ImmutableArray<SafetensorsEntry> entries, long dataBytes)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.End > dataBytes)
                throw SafetensorsErrors.BeyondFile(path, entry, dataBytes);
            if (entry.Start != end)
                throw SafetensorsErrors.NotSideBySide(path, entry, end);
            end = entry.End;
        }

        if (end != dataBytes)
            throw SafetensorsErrors.BytesLeftOver(path, end, dataBytes);
    }

    private ImmutableSortedDictionary<string, string> ReadMetadata(ImmutableArray<(string Name, JsonElement Value)> properties)
    {
        var found = properties.FirstOrDefault(property => property.Name == MetadataName);
        if (found.Name is null)
            return ImmutableSortedDictionary<string, string>.Empty;
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (found.Value.ValueKind != JsonValueKind.Object)
            throw SafetensorsErrors.BadEntry(path, MetadataName, "an object of strings");
        foreach (var property in found.Value.EnumerateObject())
            metadata[Text(() => property.Name, MetadataName)] = property.Value.ValueKind == JsonValueKind.String
                ? Text(() => property.Value.GetString()!, MetadataName)
                : throw SafetensorsErrors.BadEntry(path, MetadataName, "an object of strings");
        return metadata.ToImmutable();
    }

    /// <summary>
    /// A JSON string may escape half a character, which the JSON reader notices only when the text is asked for.
    /// </summary>
    private string Text(Func<string> read, string name)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw SafetensorsErrors.BadEntry(path, name, "whole Unicode characters");
        }
    }
}
