using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>Why the processes of a job do not meet over TCP: PD5330 to PD5336. One function a mistake.</summary>
internal static class TcpErrors
{
    public static RunFailedException Unresolvable(string address, TimeSpan limit) => Fail(
        "PD5330",
        $"MASTER_ADDR is `{address}`, and no machine of that name was found in {Seconds(limit)}",
        $"write the name or the address by which the other machines reach rank 0's: `getent hosts {address}` says what is known");

    public static RunFailedException NoAnswer(string place, string reason, TimeSpan limit) => Fail(
        "PD5331",
        $"rank 0 did not answer at `{place}` in {Seconds(limit)}: {reason}",
        "see that rank 0 runs, that MASTER_ADDR is its machine, and that no firewall stands between: open that port");

    public static RunFailedException CannotListen(string place, int port, SocketException failure) => Fail(
        "PD5332",
        failure.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? string.Create(CultureInfo.InvariantCulture, $"rank 0 cannot listen at `{place}`: another program uses port {port}")
            : $"rank 0 cannot listen at `{place}`: {Words(failure)}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"set MASTER_PORT to a free port on all processes; `ss -ltnp 'sport = :{port}'` says who uses this one"));

    /// <param name="behaviour">What it does that rank 0 would not.</param>
    public static RunFailedException Stranger(string place, string behaviour) => Fail(
        "PD5333",
        $"what answers at `{place}` is not rank 0 of this job: {behaviour}",
        "another program listens there (PyTorch's store and torchrun do so at MASTER_PORT): set MASTER_PORT to a free port on "
            + "all processes");

    public static RunFailedException Refused(TcpDecision decision, string place, int rank, int size, int hostSize) => Fail(
        "PD5334",
        decision switch
        {
            TcpDecision.SizeDiffers => string.Create(
                CultureInfo.InvariantCulture,
                $"WORLD_SIZE is {size} for rank {rank}, and {hostSize} for rank 0 at `{place}`"),
            TcpDecision.RankTaken => string.Create(
                CultureInfo.InvariantCulture, $"rank {rank} has joined rank 0 at `{place}` before, as another process"),
            _ => $"rank 0 at `{place}` is another version of ParDsl, which meets its ranks otherwise",
        },
        "start all processes of one job with the same WORLD_SIZE, each with a RANK of its own, by the same version of ParDsl");

    /// <param name="strangers">Connections that were none of the job's.</param>
    public static RunFailedException RanksMissing(
        IReadOnlyCollection<int> missing, int size, string place, TimeSpan limit, int strangers) => Fail(
        "PD5336",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Ranks(missing)} of {size} did not join rank 0 at `{place}` in {Seconds(limit)}{Others(strangers)}"),
        "see that they were started, with this MASTER_ADDR and MASTER_PORT, and that no firewall stands between: open that port");

    public static RunFailedException RankLost(int rank, string reason) => Fail(
        "PD5335",
        string.Create(CultureInfo.InvariantCulture, $"rank {rank} is lost: {reason}"),
        "what that rank wrote last says why: its output, or the system's log where it was killed");

    public static string Silence(TimeSpan limit) => $"it has said nothing for {Seconds(limit)}";

    public static string Words(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted => "its connection was closed",
        SocketError.TimedOut or SocketError.WouldBlock => "no answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way to that machine",
        SocketError.AccessDenied => "the system does not allow it",
        SocketError.AddressNotAvailable => "that address is not this machine's",
        var other => $"the network says {other}",
    };

    /// <summary>A stranger's bytes, in letters that do a terminal no harm.</summary>
    public static string Quoted(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("`");
        foreach (var letter in bytes)
            text.Append(letter is >= 0x20 and < 0x7f and not (byte)'`' ? (char)letter : '.');
        return text.Append('`').ToString();
    }

    private static string Others(int strangers) => strangers switch
    {
        0 => "",
        1 => "; 1 connection came from something else",
        _ => string.Create(CultureInfo.InvariantCulture, $"; {strangers} connections came from something else"),
    };

    private static string Ranks(IReadOnlyCollection<int> ranks)
    {
        const int shown = 8;
        var listed = string.Join(", ", ranks.Take(shown));
        var rest = ranks.Count > shown ? string.Create(CultureInfo.InvariantCulture, $" and {ranks.Count - shown} more") : "";
        return $"{(ranks.Count == 1 ? "rank" : "ranks")} {listed}{rest}";
    }

    private static string Seconds(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.#} s");

    private static RunFailedException Fail(string code, string message, string help) =>
        new(new Diagnostic(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []));
}
