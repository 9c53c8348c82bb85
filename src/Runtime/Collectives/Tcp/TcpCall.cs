using System.Net;
using System.Net.Sockets;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>
/// Connects within a limit, on the caller's thread alone: .NET's own way with a limit waits for a thread of the pool, which may
/// be long in coming where all of them are at work.
/// </summary>
internal static class TcpCall
{
    /// <exception cref="SocketException">Nobody listens there, or none answers within the limit.</exception>
    public static void Connect(Socket socket, IPEndPoint remote, TimeSpan limit)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(remote);
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (!socket.Poll(limit, SelectMode.SelectWrite))
                throw new SocketException((int)SocketError.TimedOut);
        }

        socket.Blocking = true;
        // What became of it: the connection, or why there is none.
        if (!socket.Connected || socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is not 0)
            throw new SocketException((int)SocketError.ConnectionRefused);
    }
}
