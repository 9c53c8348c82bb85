using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// <c>a:4,b:4</c>: machines, and the most ranks that each takes. Where none says it, the ranks are spread evenly; where some
/// do, one that does not takes 1, as with Open MPI's.
/// </summary>
public static class HostList
{
    /// <summary>The machines, or the part that is wrong and why.</summary>
    public static (ImmutableArray<MachineSlots> Hosts, string? Mistake) Parse(string text)
    {
        var hosts = ImmutableArray.CreateBuilder<MachineSlots>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (name, slots) = part.Split(':') switch
            {
                [var only] => (only, 0),
                [var first, var count] => (first, HostName.Slots(count) ?? -1),
                _ => (part, -1),
            };
            if (slots < 0)
                return ([], $"`{part}` is no NAME:COUNT with a count from 1 to {HostName.MostSlots}");
            if (!HostName.IsSound(name))
                return ([], name.Length == 0 ? "a name is empty" : $"`{name}` is no machine's name");
            if (hosts.Any(host => host.Name == name))
                return ([], $"`{name}` stands there twice");
            hosts.Add(new MachineSlots(name, slots));
        }

        return (Even(hosts.ToImmutable()), null);
    }

    /// <summary>Where some machine says how many ranks it takes, the others take 1.</summary>
    internal static ImmutableArray<MachineSlots> Even(ImmutableArray<MachineSlots> hosts) => hosts.All(host => host.Slots == 0)
        ? hosts
        : [.. hosts.Select(host => host.Slots == 0 ? host with { Slots = 1 } : host)];
}
