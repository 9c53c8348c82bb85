using static TorchSharp.torch;

namespace ParDsl.Benchmarks.ByHand;

/// <summary>What a hand-written loop trains on: random samples, since speed does not depend on what they hold.</summary>
/// <param name="Inputs">[samples, ...]</param>
/// <param name="Targets">[samples] or [samples, length] of classes.</param>
internal sealed record HandWrittenData(Tensor Inputs, Tensor Targets, int BatchSize)
{
    private const int SampleCount = 20_000;
    private const int ClassCount = 10;
    private const int ImageBatch = 128;

    public static HandWrittenData Mlp() => Of(784);

    public static HandWrittenData Conv() => Of(1, 28, 28);

    /// <summary>Blocks of tokens, and the tokens behind each, of the size of examples/06-gpt.</summary>
    public static HandWrittenData Gpt()
    {
        long[] shape = [5723, HandWrittenGpt.Length];
        return new(
            randint(0, HandWrittenGpt.Vocabulary, shape, dtype: int64),
            randint(0, HandWrittenGpt.Vocabulary, shape, dtype: int64),
            BatchSize: 32);
    }

    private static HandWrittenData Of(params long[] inputShape) =>
        new(randn([SampleCount, .. inputShape]), randint(0, ClassCount, SampleCount, dtype: int64), ImageBatch);
}
