using System.Collections.Immutable;
using ParDsl.Benchmarks.ByHand;

namespace ParDsl.Benchmarks.Comparisons;

/// <summary>Every comparison that <c>./benchmark NAME</c> knows. bench/README.md says what each showed.</summary>
internal static class ComparisonList
{
    public static readonly ImmutableArray<Comparison> All =
    [
        new("mlp",
        [
            new("ParDsl, one rank, 2 threads", () => SpecLoop.Open("mlp.pd", cores: 2, devices: 1)),
            new("by hand, 2 threads", () => new HandWrittenLoop(HandWrittenModels.Mlp(), HandWrittenData.Mlp(), threads: 2)),
        ]),
        new("conv",
        [
            new("ParDsl, one rank, 2 threads", () => SpecLoop.Open("conv.pd", cores: 2, devices: 1)),
            new("by hand, 2 threads", () => new HandWrittenLoop(HandWrittenModels.Conv(), HandWrittenData.Conv(), threads: 2)),
        ]),
        new("gpt",
        [
            new("ParDsl, one rank, 2 threads", () => SpecLoop.Open("gpt.pd", cores: 2, devices: 1)),
            new("by hand, 2 threads", () => new HandWrittenLoop(new HandWrittenGpt(), HandWrittenData.Gpt(), threads: 2)),
        ]),
        new("data2",
        [
            new("ParDsl, data 2, 1 thread each", () => SpecLoop.Open("mlp.pd", cores: 2, devices: 2)),
            new("ParDsl, one rank, 1 thread", () => SpecLoop.Open("mlp.pd", cores: 1, devices: 1)),
            new("two that share nothing", () => new UnconnectedRanks("mlp.pd", count: 2)),
        ]),
    ];
}
