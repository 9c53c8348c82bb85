using System.Collections.Immutable;
using ParDsl.Benchmarks.ByHand;
using ParDsl.Benchmarks.Rates;
using static TorchSharp.torch;

namespace ParDsl.Benchmarks.Comparisons;

/// <summary>One rank with two threads, and the same network in a loop that is written by hand.</summary>
internal static class HandWrittenComparisons
{
    public static readonly ImmutableArray<IComparison> All =
    [
        Of("mlp", "an MLP", HandWrittenModels.Mlp, HandWrittenData.Mlp),
        Of("conv", "a conv net", HandWrittenModels.Conv, HandWrittenData.Conv),
        Of("gpt", "a GPT", () => new HandWrittenGpt(), HandWrittenData.Gpt),
    ];

    private static RateComparison Of(
        string name, string network, Func<nn.Module<Tensor, Tensor>> model, Func<HandWrittenData> data) => new(
        name,
        $"{network} on one rank with 2 threads, over the same by hand on TorchSharp",
        [
            new("ParDsl, one rank, 2 threads", () => SpecLoop.Open($"{name}.pd", cores: 2, devices: 1)),
            new("by hand, 2 threads", () => new HandWrittenLoop(model(), data(), threads: 2)),
        ]);
}
