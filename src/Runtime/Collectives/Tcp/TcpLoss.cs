using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>The frame by which rank 0 tells the others which rank is lost: its number, then what happened, in UTF-8.</summary>
internal static class TcpLoss
{
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(2);

    /// <summary>One that cannot be told is lost too, and not waited for.</summary>
    public static void Tell(TcpConnection connection, int rank, string reason)
    {
        var bytes = new byte[sizeof(int) + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, rank);
        Encoding.UTF8.GetBytes(reason, bytes.AsSpan(sizeof(int)));
        try
        {
            connection.Send(TcpFrameKind.Lost, bytes, SendLimit);
        }
        catch (SocketException)
        {
        }
    }

    public static (int Rank, string Reason) Read(ReadOnlySpan<byte> bytes) => bytes.Length < sizeof(int)
        ? (0, "it cannot be understood")
        : (BinaryPrimitives.ReadInt32LittleEndian(bytes), Encoding.UTF8.GetString(bytes[sizeof(int)..]));
}
