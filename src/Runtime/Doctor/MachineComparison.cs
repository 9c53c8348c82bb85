using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Runtime.Doctor;

/// <summary>What is wrong between machines that each may be well by itself.</summary>
public static class MachineComparison
{
    /// <summary>More than this makes files of one machine look new or old to another.</summary>
    private static readonly TimeSpan ClockLimit = TimeSpan.FromSeconds(1);

    public static ImmutableArray<DoctorFinding> Of(ImmutableArray<MachineReport> machines) =>
    [
        .. machines.Skip(1).SelectMany(machine => Differences(machines[0], machine)),
        .. machines.Where(machine => IsOff(machine.Link)).Select(machine => DoctorFinding.Warning(
            machine.Process.Member.Host,
            string.Create(
                CultureInfo.InvariantCulture,
                $"its clock is {machine.Link!.ClockAhead.TotalSeconds:0.#} s ahead of {machines[0].Process.Member.Host}'s"),
            "let both follow a time server: `timedatectl set-ntp true`")),
    ];

    private static bool IsOff(MachineLink? link) =>
        link is not null && link.ClockAhead.Duration() - link.ClockDoubt > ClockLimit;

    private static IEnumerable<DoctorFinding> Differences(MachineReport first, MachineReport other)
    {
        var (here, there) = (first.Process, other.Process);
        if (here.Build != there.Build)
            yield return DoctorFinding.Problem(
                there.Member.Host,
                $"another build of ParDsl than on {here.Member.Host}",
                "install one build on all machines, or start it from a folder that they share");
        foreach (var (library, version) in here.Libraries)
        {
            var found = there.Libraries.GetValueOrDefault(library, "none");
            if (found != version)
                yield return DoctorFinding.Problem(
                    there.Member.Host, $"{library} is {found}, and {version} on {here.Member.Host}", "install one version on all machines");
        }
    }
}
