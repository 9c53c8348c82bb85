namespace ParDsl.Runtime.Ranks;

/// <summary>What a rank is doing, for whoever watches over it or tells of its failure.</summary>
/// <param name="Action">In words: "the optimizer's step".</param>
public sealed record RankActivity(string Action, RankPulse Pulse)
{
    /// <summary>Of a rank that is not built yet.</summary>
    public static readonly RankActivity Preparation = new(ActionWords.Of(null), default);
}
