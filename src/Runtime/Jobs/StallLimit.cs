namespace ParDsl.Runtime.Jobs;

/// <summary>How long a job may come no step further while all of its ranks are at work.</summary>
/// <param name="First">Until each rank has done its first update: kernels are compiled, caches are cold.</param>
/// <param name="Later">From then on.</param>
/// <param name="Times">From then on at least so many times the longest such time that the job has come through; 0: only that.</param>
public sealed record StallLimit(TimeSpan First, TimeSpan Later, double Times)
{
    private const double FirstSilences = 120;
    private const double LaterSilences = 10;
    private const double UsualTimes = 20;

    /// <summary>Of a job whose processes may be silent for so long: an hour and 5 minutes, where that is 30 seconds.</summary>
    public static StallLimit Of(TimeSpan silence) => new(FirstSilences * silence, LaterSilences * silence, UsualTimes);

    /// <summary>One that the user has given.</summary>
    public static StallLimit Fixed(TimeSpan limit) => new(limit, limit, 0);
}
