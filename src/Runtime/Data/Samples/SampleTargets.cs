namespace ParDsl.Runtime.Data;

/// <summary>What is to be learned of each sample, in the order of the inputs' rows.</summary>
public abstract record SampleTargets
{
    private SampleTargets()
    {
    }

    /// <summary>A class a sample, counted from 0.</summary>
    public sealed record Classes(long[] Labels) : SampleTargets;

    /// <summary>A class at each place of a sample: the tokens that come next.</summary>
    public sealed record Tokens(TokenBlocks Next) : SampleTargets;

    /// <summary>A row of numbers a sample.</summary>
    public sealed record Values(SampleMatrix Numbers) : SampleTargets;
}
