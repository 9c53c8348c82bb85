using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ParDsl.Runtime.Jobs;

/// <summary>Where the first process listens, as it tells the others.</summary>
/// <param name="Addresses">Every address of its machine: nobody knows beforehand which of them another machine reaches.</param>
/// <param name="Secret">What a process of the job greets with, so that no stranger is taken for one.</param>
internal sealed record WatchAddress(ImmutableArray<string> Addresses, int Port, string Secret)
{
    public static ImmutableArray<string> OwnAddresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !address.IsIPv6LinkLocal)
            // Another machine's own loopback answers too, but not with the secret; the one machine of a small job needs it.
            .OrderBy(address => IPAddress.IsLoopback(address) ? 1 : 0)
            .ThenBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .Select(address => address.ToString()),
    ];
}
