using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>A checkpoint of one layout goes on in any other, and in float64 ends with the same weights but for rounding.</summary>
public sealed class OtherLayoutTests
{
    private const long Last = 14;
    private const double Tolerance = 1e-9;

    private static readonly string[] Layouts =
    [
        "data 1", "data 2", "data 2; shard optimizer", "data 2; shard parameters", "pipeline 2", "tensor 2", "data 2; pipeline 2; tensor 2",
    ];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var before in Layouts)
            {
                // Each layout is left for the next three, so that each is entered from three others.
                for (var next = 1; next <= 3; next++)
                    pairs.Add(before, Layouts[(Array.IndexOf(Layouts, before) + next) % Layouts.Length]);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_checkpoint_goes_on_in_another_layout(string before, string after)
    {
        using var folder = new TemporaryFolder();
        SavedRun.Run(PlanFor(before), folder["whole"]);
        SavedRun.Run(PlanFor(after), folder["resumed"], SavedRun.At(folder["whole"], 6));
        AssertNear(folder["whole"], folder["resumed"], CheckpointFolder.ModelName);
        AssertNear(folder["whole"], folder["resumed"], CheckpointFolder.OptimizerName);
    }

    private static void AssertNear(string whole, string resumed, string file)
    {
        using var scope = NewDisposeScope();
        var expected = SafetensorsFile.Read(Path.Combine(CheckpointFolder.Of(whole, Last), file));
        var found = SafetensorsFile.Read(Path.Combine(CheckpointFolder.Of(resumed, Last), file));
        Assert.Equal(expected.Keys, found.Keys);
        foreach (var (name, tensor) in expected)
        {
            var difference = (tensor.to(ScalarType.Float64) - found[name].to(ScalarType.Float64)).abs().max().ToDouble();
            var scale = Math.Max(tensor.to(ScalarType.Float64).abs().max().ToDouble(), 1e-3);
            Assert.True(difference <= Tolerance * scale, $"{name} differs by {difference:G3}");
            tensor.Dispose();
            found[name].Dispose();
        }
    }

    // The parts of a batch must be the same ones everywhere, since batch norm's statistics are over each. A bias before it would
    // have a gradient of 0 but for rounding, of which Adam makes whole steps.
    private static ExecutionPlan PlanFor(string layout) => Specs.Plan(
        "input [6]; target class 4; validation 10%",
        "linear 16 bias=false; batch_norm; relu; dropout 0.25; linear 16; layer_norm; gelu; linear 4",
        $"loss cross_entropy; optimizer adamw lr=1e-2; clip 0.5; batch 16; accumulate {(layout.Contains("pipeline", StringComparison.Ordinal) ? 1 : 2)}; steps 14; seed 5; precision float64; metric accuracy; checkpoint every=3 steps keep=9",
        layout,
        SavedRun.SampleCount);
}
