using System.Buffers.Binary;
using System.Net.Sockets;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>
/// One process's connection to another. A frame is a kind, a byte; its length, 4 bytes with the lowest first; and so many
/// bytes.
/// </summary>
/// <param name="rank">The process at the other end.</param>
internal sealed class TcpConnection(Socket socket, int rank) : IDisposable
{
    /// <summary>No frame is longer: whoever claims so is not believed, and gets no memory for it.</summary>
    public const int MostBytes = 64 << 20;

    private const int HeaderBytes = 5;

    public Socket Socket { get; } = Prepared(socket);

    public int Rank { get; } = rank;

    /// <exception cref="SocketException">The other end is gone, or takes nothing for so long.</exception>
    public void Send(TcpFrameKind kind, ReadOnlySpan<byte> bytes, TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MostBytes);
        Span<byte> header = stackalloc byte[HeaderBytes];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], bytes.Length);
        Socket.SendTimeout = Milliseconds(limit);
        SendAll(header);
        SendAll(bytes);
    }

    /// <exception cref="SocketException">The other end is gone, or says nothing for so long.</exception>
    /// <exception cref="InvalidDataException">What it says is no frame.</exception>
    public (TcpFrameKind Kind, byte[] Bytes) Receive(TimeSpan limit)
    {
        Socket.ReceiveTimeout = Milliseconds(limit);
        Span<byte> header = stackalloc byte[HeaderBytes];
        ReceiveAll(Socket, header);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[1..]);
        if (length is < 0 or > MostBytes || !Enum.IsDefined((TcpFrameKind)header[0]))
            throw new InvalidDataException();
        var bytes = new byte[length];
        ReceiveAll(Socket, bytes);
        return ((TcpFrameKind)header[0], bytes);
    }

    public void Dispose() => Socket.Dispose();

    public static void ReceiveAll(Socket socket, Span<byte> room)
    {
        while (!room.IsEmpty)
        {
            var count = socket.Receive(room);
            if (count == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            room = room[count..];
        }
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[Socket.Send(bytes)..];
    }

    /// <summary>Small frames go at once, and a machine that has gone without a word is noticed within a minute.</summary>
    private static Socket Prepared(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 20);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        return socket;
    }

    /// <summary>Zero would mean no limit at all.</summary>
    private static int Milliseconds(TimeSpan limit) => (int)Math.Clamp(limit.TotalMilliseconds, 1, int.MaxValue);
}
