using System.Buffers.Binary;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>
/// The first bytes of a connection. A process says who it is, in 20 bytes: 8 of a magic, the protocol's version, its rank,
/// the processes it counts. Rank 0 answers in 16: 8 of another magic, what it decided, and the number behind that. Numbers
/// have 4 bytes, the lowest first.
/// </summary>
internal static class TcpGreeting
{
    public const int HelloBytes = 20;

    public const int AnswerBytes = 16;

    private const int Version = 1;

    private const int MagicBytes = 8;

    private static ReadOnlySpan<byte> HelloMagic => "PARDSL?\n"u8;

    private static ReadOnlySpan<byte> AnswerMagic => "PARDSL!\n"u8;

    public static byte[] Hello(int rank, int size) => Message(HelloMagic, Version, rank, size);

    public static byte[] Answer(TcpDecision decision, int number) => Message(AnswerMagic, (int)decision, number);

    /// <summary>Whether these bytes can still become a hello.</summary>
    public static bool BeginsHello(ReadOnlySpan<byte> bytes) => Begins(bytes, HelloMagic);

    /// <summary>Whether these bytes can still become an answer.</summary>
    public static bool BeginsAnswer(ReadOnlySpan<byte> bytes) => Begins(bytes, AnswerMagic);

    public static (bool IsThisVersion, int Rank, int Size) ReadHello(ReadOnlySpan<byte> hello) =>
        (Number(hello, 0) == Version, Number(hello, 1), Number(hello, 2));

    public static (TcpDecision Decision, int Number) ReadAnswer(ReadOnlySpan<byte> answer) =>
        ((TcpDecision)Number(answer, 0), Number(answer, 1));

    private static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> magic)
    {
        var count = Math.Min(bytes.Length, magic.Length);
        return bytes[..count].SequenceEqual(magic[..count]);
    }

    private static byte[] Message(ReadOnlySpan<byte> magic, params ReadOnlySpan<int> numbers)
    {
        var message = new byte[MagicBytes + (numbers.Length * sizeof(int))];
        magic.CopyTo(message);
        for (var index = 0; index < numbers.Length; index++)
            BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(MagicBytes + (index * sizeof(int))), numbers[index]);
        return message;
    }

    private static int Number(ReadOnlySpan<byte> message, int index) =>
        BinaryPrimitives.ReadInt32LittleEndian(message[(MagicBytes + (index * sizeof(int)))..]);
}
