using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// A convolutional network on several processes. Images lie in memory with their channels side by side, which a message must
/// carry over every border, also around a residual that a border cuts, and tensor ranks sum what lies so.
/// </summary>
[Collection(Training.Collection)]
public sealed class ImageJobTests : IDisposable
{
    private const string Spec = """
        data { source synthetic 48 seed=3; input [2, 8, 8]; target class 4 }
        model {
          conv2d 4 kernel=3 padding=1; batch_norm; relu
          residual projection=true {
            conv2d 8 kernel=3 padding=1 stride=2 bias=false; batch_norm; relu
            middle: conv2d 8 kernel=3 padding=1 bias=false; batch_norm
          }
          relu
          residual { conv2d 8 kernel=3 padding=1; relu }
          max_pool 2
          flatten; linear 8; relu
          linear 4
        }
        train { loss cross_entropy; optimizer adamw lr=1e-2; batch 16; epochs 1 }

        """;

    /// <summary>Cut within the first residual: its input goes around the border's layers, and over it.</summary>
    private const string Cut = "parallel { pipeline 2 microbatches=4 at=[\"3.middle\"] }";

    private readonly Scratch scratch = new();

    public static TheoryData<string, int> LaunchersAndSizes =>
        new() { { Launcher.OpenMpi, 2 }, { Launcher.OpenMpi, 4 }, { Launcher.Mpich, 2 }, { Launcher.Mpich, 4 } };

    public void Dispose() => scratch.Dispose();

    [Theory]
    [MemberData(nameof(LaunchersAndSizes))]
    public void Every_layout_of_so_many_ranks_learns_what_one_device_learns(string launcher, int ranks)
    {
        scratch.Write("a.pd", Spec + Cut);
        string[] layouts = ranks == 2
            ?
            [
                "spec", "data=2,shard=parameters", "pipeline=2,schedule=gpipe", "pipeline=2,schedule=1f1b",
                "pipeline=2,schedule=interleaved,chunks=2", "pipeline=2,schedule=zero_bubble", "tensor=2",
            ]
            : ["data=2,pipeline=2", "pipeline=2,tensor=2", "pipeline=4,schedule=zero_bubble", "data=2,tensor=2,shard=parameters", "tensor=4"];
        var result = Launcher.Run(
            launcher, ranks, scratch.Folder,
            [Pardsl.Program, "verify", "a.pd", "--steps", "2", .. layouts.SelectMany(layout => (string[])["--layouts", layout])]);
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains($"{layouts.Length} of {layouts.Length} layouts learn what one device learns", result.Output);
    }
}
