using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// The words that a launcher understands, from what is to be started. Law: the ranks are laid over the machines in order, the
/// first machine's first, as the plan has them. Nothing is bound to cores: each rank sets its own number of threads.
/// </summary>
public static class LaunchArguments
{
    public static ImmutableArray<string> Of(Launcher launcher, LaunchRequest request) =>
    [
        .. launcher.Kind == LauncherKind.OpenMpi ? OpenMpi(request) : Hydra(request),
        .. request.Program,
        .. request.Words,
    ];

    private static IEnumerable<string> OpenMpi(LaunchRequest request) =>
    [
        "-n",
        Number(request.RankCount),
        .. request.Hosts.IsEmpty
            ?
            [
                // Debian's Open MPI, for one, knows nothing of PBS; one that does takes the file for a choice of its machines.
                .. request.NodeFile is { } file ? (string[])["--hostfile", file] : [],
                "--map-by",
                $"ppr:{request.RankCount / request.MachineCount}:node:OVERSUBSCRIBE",
            ]
            : (string[])["--host", Counted(request.Hosts), "--map-by", "slot:OVERSUBSCRIBE"],
        "--bind-to",
        "none",
        "--wdir",
        request.Folder,
        .. request.IsRoot ? ["--allow-run-as-root"] : (string[])[],
        .. request.Variables.SelectMany(variable => (string[])["-x", variable]),
    ];

    /// <summary>Hydra passes the whole environment on and asks nothing of root.</summary>
    private static IEnumerable<string> Hydra(LaunchRequest request) =>
    [
        "-n",
        Number(request.RankCount),
        .. request.Hosts.IsEmpty
            ? (string[])["-ppn", Number(request.RankCount / request.MachineCount)]
            : ["-hosts", Counted(request.Hosts)],
        "-wdir",
        request.Folder,
        // Hydra would kill all ranks at once when one dies, before the first of them can say which one it was.
        "-disable-auto-cleanup",
    ];

    private static string Counted(ImmutableArray<MachineSlots> hosts) =>
        string.Join(',', hosts.Select(host => $"{host.Name}:{Number(host.Slots)}"));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
