using System.Globalization;
using System.Net;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>Addresses as people write them: names, IPv4, and IPv6 with or without brackets.</summary>
internal static class TcpAddress
{
    /// <summary>The loopback's address where this is one; else null.</summary>
    public static IPAddress? Loopback(string address)
    {
        if (string.Equals(address, "localhost", StringComparison.OrdinalIgnoreCase))
            return IPAddress.Loopback;
        return Literal(address) is { } literal && IPAddress.IsLoopback(literal) ? literal : null;
    }

    /// <summary>Null where it is a name.</summary>
    public static IPAddress? Literal(string address) =>
        IPAddress.TryParse(address.Trim('[', ']'), out var literal) ? literal : null;

    public static string Words(string address, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(address.Contains(':', StringComparison.Ordinal) && !address.StartsWith('[') ? $"[{address}]" : address)}:{port}");
}
