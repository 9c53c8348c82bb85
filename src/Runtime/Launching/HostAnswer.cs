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
        var answers = hosts.Select(host => (host.Name, Answers: Task.Run(() => Answers(launcher, host.Name)))).ToArray();
        return [.. answers.Where(answer => !answer.Answers.GetAwaiter().GetResult()).Select(answer => answer.Name)];
    }

    private static bool Answers(Launcher launcher, string host)
    {
        var request = new LaunchRequest(
            [new MachineSlots(host, 1)], 1, 1, ["true"], [], "/", [], Environment.IsPrivilegedProcess);
        return ProgramAnswer.Of(Patience, launcher.Path, [.. LaunchArguments.Of(launcher, request)]).Exit == 0;
    }
}
