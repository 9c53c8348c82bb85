using System.Net.Sockets;
using System.Text.Json;

namespace ParDsl.Runtime.Jobs;

/// <summary>One connection between the first process and another: lines of JSON both ways. Any thread may send.</summary>
internal sealed class WatchConnection : IDisposable
{
    /// <summary>A diagnostic carries its spec's text; nothing that a process of the job sends is longer.</summary>
    private const int MaximumLineLength = 1 << 24;

    private readonly TcpClient client;
    private readonly StreamReader reader;
    private readonly StreamWriter writer;
    private readonly object gate = new();

    private WatchConnection(TcpClient client)
    {
        this.client = client;
        client.NoDelay = true;
        // A peer that is stopped reads no more: a send must not wait for it for ever.
        client.SendTimeout = 5000;
        reader = new StreamReader(client.GetStream());
        writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>Null, and the client disposed, where the other side is gone already.</summary>
    public static WatchConnection? TryOver(TcpClient client)
    {
        try
        {
            return new WatchConnection(client);
        }
        catch (Exception trouble) when (IsGone(trouble))
        {
            client.Dispose();
            return null;
        }
    }

    /// <summary>Whether it was handed over; false where the other side is gone.</summary>
    public bool Send(WatchMessage message)
    {
        try
        {
            lock (gate)
                writer.WriteLine(JsonSerializer.Serialize(message));
            return true;
        }
        catch (Exception trouble) when (IsGone(trouble))
        {
            return false;
        }
    }

    /// <summary>The next message; null where the other side is gone, or speaks another language.</summary>
    public WatchMessage? Receive()
    {
        try
        {
            return reader.ReadLine() is { Length: <= MaximumLineLength } line ? JsonSerializer.Deserialize<WatchMessage>(line) : null;
        }
        catch (Exception trouble) when (IsGone(trouble) || trouble is JsonException)
        {
            return null;
        }
    }

    /// <summary>How long <see cref="Receive"/> waits.</summary>
    public void LimitReceiving(TimeSpan limit) => client.ReceiveTimeout = (int)limit.TotalMilliseconds;

    public void Dispose() => client.Dispose();

    private static bool IsGone(Exception trouble) =>
        trouble is IOException or SocketException or ObjectDisposedException or InvalidOperationException;
}
