using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Runtime.Launching;

/// <summary>Asks for the address of each machine before anything is started on the others.</summary>
public static class HostResolution
{
    /// <summary>A resolver that is asked for a name nobody knows takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="RunFailedException">Some have no address; all of them are named.</exception>
    public static void Check(ImmutableArray<MachineSlots> hosts)
    {
        ImmutableArray<string> unknown = [.. Unknown(hosts)];
        if (!unknown.IsEmpty)
            throw new RunFailedException(LaunchErrors.HostsUnknown(unknown));
    }

    /// <summary>The machines that have no address, in order.</summary>
    public static IEnumerable<string> Unknown(ImmutableArray<MachineSlots> hosts)
    {
        using var limit = new CancellationTokenSource(Patience);
        var answers = hosts.Select(host => (host.Name, IsKnown: IsKnown(host.Name, limit.Token))).ToArray();
        return [.. answers.Where(answer => !answer.IsKnown.GetAwaiter().GetResult()).Select(answer => answer.Name)];
    }

    private static async Task<bool> IsKnown(string name, CancellationToken limit)
    {
        try
        {
            var asked = Dns.GetHostAddressesAsync(name, limit);
            return (await asked.WaitAsync(limit).ConfigureAwait(false)).Length > 0;
        }
        catch (Exception trouble) when (trouble is SocketException or OperationCanceledException or ArgumentException)
        {
            return false;
        }
    }
}
