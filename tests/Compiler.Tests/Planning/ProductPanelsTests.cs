using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

public sealed class ProductPanelsTests
{
    // Of 16 samples a thread, a panel of 6 -> 512; then that of the second layer's weight gradient, which is larger.
    private const long First = 17_056 + (4 * 256 * ((512 / 2) + 16));

    [Fact]
    public void A_panel_that_is_larger_than_all_before_it_stays_beside_them()
    {
        var rank = Plan(Of([("linear", 512L), ("linear", 256L)], degree: 2), Laptop).Ranks[0];
        const long Second = 17_056 + (4 * 256 * ((512 / 2) + 256));
        Assert.Equal(First + Second + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes);
    }

    [Fact]
    public void Each_thread_has_panels_of_its_share()
    {
        var rank = Plan(Of([("linear", 512L), ("linear", 256L)], degree: 1), Laptop).Ranks[0];
        const long Second = 17_056 + (4 * 256 * ((512 / 2) + (256 / 2)));
        Assert.Equal((2 * (First + Second)) + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes);
    }

    [Fact]
    public void Gpus_have_none()
    {
        var rank = Plan(Of([("linear", 512L), ("linear", 256L)], degree: 1), Gpus(1)).Ranks[0];
        // The operands of the first product, 32 samples: less than what a product is given there.
        Assert.Equal((((256 + 512) * 32) + (256 * 512)) * 4, rank.Memory.WorkspaceBytes);
        Assert.Equal(0, rank.Device.OwnBytes);
    }
}
