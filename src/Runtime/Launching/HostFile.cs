using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Source;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// A file that names machines, one a line: Open MPI's <c>node-1 slots=4</c>, MPICH's <c>node-1:4</c>, or a name alone, which a
/// scheduler repeats once for each rank that the machine takes. <c>#</c> starts a comment.
/// </summary>
public static class HostFile
{
    /// <exception cref="RunFailedException">It cannot be read, names nothing, or a line of it is wrong.</exception>
    public static ImmutableArray<MachineSlots> Read(string path)
    {
        try
        {
            return Parse(new SourceFile(path, File.ReadAllText(path)));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(LaunchErrors.HostFileNotReadable(path, trouble), trouble);
        }
    }

    internal static ImmutableArray<MachineSlots> Parse(SourceFile file)
    {
        var hosts = new List<MachineSlots>();
        var start = 0;
        foreach (var line in file.Text.Split('\n'))
        {
            var words = line.Split('#')[0].Trim();
            if (words.Length > 0)
                Add(hosts, Line(words, Place(file, start, line, words)), Place(file, start, line, words));
            start += line.Length + 1;
        }

        if (hosts.Count == 0)
            throw new RunFailedException(LaunchErrors.NoHostInFile(file));
        return HostList.Even([.. hosts]);
    }

    private static SourceSpan Place(SourceFile file, int start, string line, string words) =>
        new(file, start + line.IndexOf(words, StringComparison.Ordinal), words.Length);

    /// <summary>A bare name that comes again is one more place on that machine.</summary>
    private static void Add(List<MachineSlots> hosts, MachineSlots host, SourceSpan place)
    {
        var known = hosts.FindIndex(other => other.Name == host.Name);
        if (known < 0)
            hosts.Add(host);
        else if (host.Slots > 0)
            throw new RunFailedException(LaunchErrors.HostTwiceInFile(place, host.Name));
        else
            hosts[known] = hosts[known] with { Slots = Math.Max(1, hosts[known].Slots) + 1 };
    }

    private static MachineSlots Line(string words, SourceSpan place)
    {
        var parts = words.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var (name, counted) = parts[0].Split(':') switch
        {
            [var only] => (only, null),
            [var first, var count] => (first, count),
            _ => throw new RunFailedException(LaunchErrors.WrongHostLine(place, $"`{parts[0]}` is no NAME:COUNT")),
        };
        if (!HostName.IsSound(name))
            throw new RunFailedException(LaunchErrors.WrongHostLine(place, $"`{name}` is no machine's name"));
        foreach (var part in parts[1..])
        {
            if (part.Split('=') is not [("slots" or "max_slots" or "max-slots") and var key, var count])
                throw new RunFailedException(LaunchErrors.WrongHostLine(place, $"`{part}` is not understood"));
            if (key == "slots" && counted is not null)
                throw new RunFailedException(LaunchErrors.WrongHostLine(place, "it counts twice"));
            counted = key == "slots" ? count : counted;
        }

        if (counted is null)
            return new MachineSlots(name, 0);
        return HostName.Slots(counted) is { } slots
            ? new MachineSlots(name, slots)
            : throw new RunFailedException(
                LaunchErrors.WrongHostLine(place, $"`{counted}` is no count from 1 to {HostName.MostSlots}"));
    }
}
