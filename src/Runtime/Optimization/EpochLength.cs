using System.Globalization;

namespace ParDsl.Runtime.Optimization;

/// <summary>How many updates an epoch takes, by which durations in the spec become updates.</summary>
internal readonly record struct EpochLength(long StepsPerEpoch)
{
    /// <param name="duration">As the checker leaves it: <c>200 steps</c>, <c>3 epochs</c>.</param>
    public long Steps(string duration)
    {
        var words = duration.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = double.Parse(words[0], CultureInfo.InvariantCulture);
        var isEpochs = words.Length > 1 && words[1].StartsWith("epoch", StringComparison.Ordinal);
        return (long)Math.Round(isEpochs ? count * StepsPerEpoch : count);
    }
}
