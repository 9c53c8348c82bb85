using System.Buffers;
using System.Text;
using ParDsl.Runtime.Data.Files;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Text;

/// <summary>
/// UTF-8 comes in, code points go out. Bytes that are no UTF-8 are an error with their place, never a question mark; a byte
/// order mark at the start is no character of the text.
/// </summary>
internal sealed class CharacterReader(DataStream stream, SourceSpan span)
{
    private const int ByteOrderMark = 0xFEFF;

    private readonly byte[] buffer = new byte[1 << 16];
    private readonly List<int> characters = [];
    private long doneBytes;

    public int[] ReadAll()
    {
        var kept = 0;
        while (true)
        {
            var count = stream.Read(buffer.AsSpan(kept));
            kept = Decode(buffer.AsSpan(0, kept + count), isEnd: count == 0);
            if (count == 0)
                return [.. characters];
        }
    }

    /// <summary>Decodes what is whole and moves the rest, the start of a character, to the front.</summary>
    /// <returns>The rest's length.</returns>
    private int Decode(Span<byte> bytes, bool isEnd)
    {
        var rest = (ReadOnlySpan<byte>)bytes;
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var character, out var length);
            if (status == OperationStatus.NeedMoreData && !isEnd)
                break;
            if (status != OperationStatus.Done)
                throw new RunFailedException(TextErrors.NotUtf8(span, stream.Name, doneBytes, rest[0]));
            Add(character.Value);
            doneBytes += length;
            rest = rest[length..];
        }

        rest.CopyTo(bytes);
        return rest.Length;
    }

    private void Add(int character)
    {
        if (doneBytes == 0 && character == ByteOrderMark)
            return;
        if (characters.Count == Array.MaxLength)
            throw new RunFailedException(DataErrors.TooLarge(span, stream.Name, characters.Count + 1.0));
        characters.Add(character);
    }
}
