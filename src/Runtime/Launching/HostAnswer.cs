using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Doctor;

namespace ParDsl.Runtime.Launching;

/// <summary>Asks machines whether the launcher can start anything on them.</summary>
public static class HostAnswer
{
    /// <summary>How long a machine may take; all are asked at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The machines that do not answer, in order.</summary>
    public static ImmutableArray<string> Silent(Launcher launcher, ImmutableArray<MachineSlots> hosts)
    {
        var answers = hosts.Select(host => (host.Name, Answers: Task.Run(() => Answers(launcher, Asked(launcher, hosts, host))))).ToArray();
        return [.. answers.Where(answer => !answer.Answers.GetAwaiter().GetResult()).Select(answer => answer.Name)];
    }

    /// <summary>
    /// Hydra has other machines call back at the name of its own that stands in the list, and else at one that they may not know:
    /// so the first machine, which mostly is this one, is asked along.
    /// </summary>
    private static ImmutableArray<string> Asked(Launcher launcher, ImmutableArray<MachineSlots> hosts, MachineSlots host) =>
        launcher.Kind == LauncherKind.Hydra && host != hosts[0] ? [hosts[0].Name, host.Name] : [host.Name];

    private static bool Answers(Launcher launcher, ImmutableArray<string> hosts)
    {
        var request = new LaunchRequest(
            [.. hosts.Select(host => new MachineSlots(host, 1))],
            hosts.Length,
            hosts.Length,
            ["true"],
            [],
            "/",
            [],
            Environment.IsPrivilegedProcess);
        return ProgramAnswer.Of(Patience, launcher.Path, [.. LaunchArguments.Of(launcher, request)]).Exit == 0;
    }
}
