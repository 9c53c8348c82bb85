using System.Globalization;

namespace ParDsl.Runtime.Jobs;

/// <summary>What the environment says of a job's watch: the same variables for all of its processes.</summary>
/// <param name="WatchPort">Where the first process listens; 0: wherever there is room.</param>
/// <param name="Silence">How long a process may say nothing before it counts as hung.</param>
/// <param name="Stall">How long a job may come no step further while all of its ranks are at work.</param>
public sealed record JobSettings(int WatchPort, TimeSpan Silence, StallLimit Stall)
{
    public const string PortVariable = "PARDSL_WATCH_PORT";
    public const string SilenceVariable = "PARDSL_HANG_LIMIT";
    public const string StallVariable = "PARDSL_STALL_LIMIT";

    private static readonly TimeSpan UsualSilence = TimeSpan.FromSeconds(30);

    // A process says that it is alive twice a second.
    private const double LeastSilence = 2;

    /// <exception cref="RunFailedException">A variable is set to what it cannot mean.</exception>
    public static JobSettings Read(IReadOnlyDictionary<string, string> variables)
    {
        var silence = Limit(variables, SilenceVariable) ?? UsualSilence;
        var stall = Limit(variables, StallVariable);
        return new JobSettings(Port(variables), silence, stall is { } limit ? StallLimit.Fixed(limit) : StallLimit.Of(silence));
    }

    private static int Port(IReadOnlyDictionary<string, string> variables)
    {
        if (!variables.TryGetValue(PortVariable, out var text))
            return 0;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new RunFailedException(JobErrors.NotASetting(PortVariable, text, "a port from 1 to 65535", "29400"));
    }

    /// <summary>Null where the variable is not set.</summary>
    private static TimeSpan? Limit(IReadOnlyDictionary<string, string> variables, string name)
    {
        if (!variables.TryGetValue(name, out var text))
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && seconds >= LeastSilence && seconds <= TimeSpan.MaxValue.TotalSeconds / 2
            ? TimeSpan.FromSeconds(seconds)
            : throw new RunFailedException(JobErrors.NotASetting(name, text, "a number of seconds from 2 on", "30"));
    }
}
