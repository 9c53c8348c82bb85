namespace ParDsl.Runtime.Data.Synthetic;

/// <summary>
/// Makes the tokens: each has a successor, drawn once for the whole text, which follows it nine times of ten; otherwise any
/// token does. A sample's tokens depend on the seed and its own position alone; what follows its last one is the next sample's
/// first.
/// </summary>
internal sealed class SyntheticText
{
    private const double Surprise = 0.1;

    private readonly int vocabulary;
    private readonly long seed;
    private readonly int[] successors;

    public SyntheticText(int vocabulary, long seed)
    {
        (this.vocabulary, this.seed) = (vocabulary, seed);
        var random = new SplitMix64(seed, "successors");
        successors = new int[vocabulary];
        for (var token = 0; token < vocabulary; token++)
            successors[token] = random.Below(vocabulary);
    }

    /// <summary>The samples one behind the other, and the token that follows the last: count * length + 1 of them.</summary>
    public int[] Make(int count, int length)
    {
        var tokens = new int[checked((count * length) + 1)];
        Parallel.For(0, count, sample => Fill(tokens.AsSpan(sample * length, length), sample));
        Fill(tokens.AsSpan(count * length), count);
        return tokens;
    }

    private void Fill(Span<int> tokens, int sample)
    {
        var random = new SplitMix64(seed, "text", sample);
        tokens[0] = random.Below(vocabulary);
        for (var place = 1; place < tokens.Length; place++)
            tokens[place] = random.Uniform() <= Surprise ? random.Below(vocabulary) : successors[tokens[place - 1]];
    }
}
