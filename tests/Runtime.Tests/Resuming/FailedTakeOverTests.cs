using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>Ranks that cannot take over a checkpoint's state, since its bits have changed, leave nothing behind.</summary>
[Collection(TensorCountingTests.Name)]
public sealed class FailedTakeOverTests : IDisposable
{
    private const long Last = 4;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("data 1", CheckpointFolder.ModelName)]
    [InlineData("data 2; pipeline 2", CheckpointFolder.OptimizerName)]
    public void A_rank_that_cannot_take_over_a_state_keeps_no_tensor(string layout, string damaged)
    {
        var plan = Specs.Plan(
            "input [6]; target [2]", "linear 16; tanh; linear 2", $"loss mse; optimizer adamw; batch 16; steps {Last}", layout, SavedRun.SampleCount);
        SavedRun.Run(plan, folder.Path);
        var path = Path.Combine(CheckpointFolder.Of(folder.Path, Last), damaged);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        var told = ResumeSearch.Told(CheckpointFolder.Of(folder.Path, Last));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = torch.Tensor.TotalCount;
        var failure = Assert.Throws<RunFailedException>(() => SavedRun.Run(plan, folder["on"], told));
        Assert.Equal("PD5233", failure.Diagnostic.Code);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}
