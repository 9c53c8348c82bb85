namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>How many costly functions a rank computes in a second: over all kinds, as if each were as frequent.</summary>
internal static class SpecialMeasure
{
    private const int Count = 1 << 18;

    public static double PerSecond(RankTeam team)
    {
        var kinds = Enum.GetValues<SpecialKind>();
        var seconds = kinds.Sum(kind => team.SecondsOf((_, device) => new SpecialWork(kind, Count, device)));
        return kinds.Length * Count / seconds;
    }
}
