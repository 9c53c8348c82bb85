using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// In: tensors in the order of their bytes. Out: the bytes in front of them: the header's length and the JSON header, padded
/// with spaces so that the first tensor is aligned to 8 bytes.
/// </summary>
internal static class SafetensorsHeaderWriter
{
    public static byte[] Bytes(
        ImmutableArray<KeyValuePair<string, Tensor>> tensors, ImmutableSortedDictionary<string, string> metadata)
    {
        using var text = new MemoryStream();
        text.Write(new byte[SafetensorsHeaderReader.LengthBytes]);
        using (var json = new Utf8JsonWriter(text))
            WriteHeader(json, tensors, metadata);
        while (text.Length % 8 != 0)
            text.WriteByte((byte)' ');
        var header = text.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - SafetensorsHeaderReader.LengthBytes);
        return header;
    }

    private static void WriteHeader(
        Utf8JsonWriter json,
        ImmutableArray<KeyValuePair<string, Tensor>> tensors,
        ImmutableSortedDictionary<string, string> metadata)
    {
        json.WriteStartObject();
        json.WriteStartObject(SafetensorsHeaderReader.MetadataName);
        foreach (var (key, value) in metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
        var offset = 0L;
        foreach (var (name, tensor) in tensors)
            offset = WriteEntry(json, name, tensor, offset);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long offset)
    {
        var type = SafetensorsType.Of(tensor.dtype);
        var end = offset + (tensor.NumberOfElements * type.Bytes);
        json.WriteStartObject(name);
        json.WriteString("dtype", type.Name);
        json.WriteStartArray("shape");
        foreach (var size in tensor.shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
