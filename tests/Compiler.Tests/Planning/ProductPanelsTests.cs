using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Tests.Costs;
using ParDsl.Source;
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
    public void What_was_measured_goes_before_the_law()
    {
        // 4 KiB more are the same panel, measured once more.
        var machine = Measured(new() { [(6, 512)] = 100_000, [(512, 256)] = 100_000 + (4 << 10) });
        var rank = Plan(Of([("linear", 512L), ("linear", 256L)], degree: 2), machine).Ranks[0];
        Assert.Equal(100_000 + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes);

        var other = Measured(new() { [(6, 512)] = 100_000, [(512, 256)] = 300_000 });
        rank = Plan(Of([("linear", 512L), ("linear", 256L)], degree: 2), other).Ranks[0];
        Assert.Equal(400_000 + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes);
    }

    [Fact]
    public void A_product_that_was_not_measured_is_told_by_the_law()
    {
        var rank = Plan(Of([("linear", 512L), ("linear", 256L)], degree: 2), Measured(new() { [(6, 512)] = 0 })).Ranks[0];
        // The second layer's output, then its input's gradient, then its weight's.
        const long Output = 17_056 + (4 * 384 * ((256 / 2) + 16));
        const long InputGradient = 17_056 + (4 * 256 * ((512 / 2) + 16));
        const long WeightGradient = 17_056 + (4 * 256 * ((512 / 2) + 256));
        Assert.Equal(Output + InputGradient + WeightGradient + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes);
    }

    // 64 samples in batches of 48: the last batch has 16, 8 for each rank.
    [Fact]
    public void An_epochs_last_batch_has_products_of_its_own()
    {
        var products = RankProducts.OfLayouts(Of([("linear", 512L)], batch: 48), cores: 2, ranks: [1, 2]);
        Assert.Contains(products, product => product is { Rows: 8, Threads: 1 });
        var panels = new PanelSizes(products.Select(product => (product, product.Rows == 8 ? 70_000L : 0)));
        var rank = Plan(Of([("linear", 512L)], degree: 2, batch: 48), On(panels)).Ranks[0];
        Assert.Equal(70_000 + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes);
    }

    [Fact]
    public void A_job_that_was_started_already_knows_them_too()
    {
        var products = RankProducts.OfLayouts(Of([("linear", 512L)], degree: 2), cores: 2, ranks: [2]);
        var job = HardwareSet.Job([new("a", null, 2, 1 << 30), new("a", null, 2, 1 << 30)], hasNccl: false);
        var panels = new PanelSizes(products.Select(product => (product, 5_000_000L)));
        var ranks = Plan(Of([("linear", 512L)], degree: 2), job with { Performance = Speeds.Of() with { Panels = panels } }).Ranks;
        Assert.All(ranks, rank => Assert.Equal(5_000_000 + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes));
    }

    [Fact]
    public void Products_are_those_of_whole_layers_and_of_tensor_ranks_parts_of_accumulated_batches()
    {
        var products = RankProducts.OfLayouts(Of([("linear", 512L), ("linear", 256L)], batch: 32, accumulate: 2), cores: 3, ranks: [1, 2]);
        // An update has two parts of 16 samples; each of two ranks has a core of the three.
        Assert.Contains(new WeightProduct(Precision.Float32, ProductKind.Output, 16, 6, 512, 3), products);
        Assert.Contains(new WeightProduct(Precision.Float32, ProductKind.WeightGradient, 8, 512, 256, 1), products);
        // The pair of layers between two tensor ranks: by columns, then by rows.
        Assert.Contains(new WeightProduct(Precision.Float32, ProductKind.Output, 16, 6, 256, 1), products);
        Assert.Contains(new WeightProduct(Precision.Float32, ProductKind.InputGradient, 16, 256, 256, 1), products);
        Assert.DoesNotContain(products, product => product is { Kind: ProductKind.InputGradient, Inputs: 6 });
        Assert.DoesNotContain(products, product => product.Rows > 16);
        Assert.Equal(products.Distinct(), products);
    }

    [Fact]
    public void A_specs_own_layout_is_among_them()
    {
        var products = RankProducts.OfLayouts(Of([("linear", 512L)], degree: 3, batch: 48), cores: 6, ranks: [1, 2]);
        Assert.Contains(new WeightProduct(Precision.Float32, ProductKind.Output, 16, 6, 512, 2), products);
    }

    /// <summary>Stages do not share the batch: two of them take all 64 samples at once, on two of four cores each.</summary>
    [Fact]
    public void A_pipelines_own_micro_batches_are_among_them()
    {
        var program = Of([("linear", 512L), ("linear", 4L)], batch: 64);
        var pipeline = new PipelineRequest(2, 1, ScheduleKind.Gpipe, 1, [], SourceSpan.Nowhere);
        var products = RankProducts.OfLayouts(program with { Parallel = Layout(false, 1) with { Pipeline = pipeline } }, cores: 4, ranks: [1, 4]);
        Assert.Contains(new WeightProduct(Precision.Float32, ProductKind.Output, 64, 6, 512, 2), products);
    }

    [Fact]
    public void A_layout_search_counts_what_was_measured()
    {
        var products = RankProducts.OfLayouts(Of([("linear", 512L)]), cores: 2, ranks: [1, 2]);
        var plan = Plan(Of([("linear", 512L)], isAuto: true), On(new PanelSizes(products.Select(product => (product, 5_000_000L)))));
        Assert.All(plan.Ranks, rank => Assert.Equal(5_000_000 + rank.Device.OwnBytes, rank.Memory.WorkspaceBytes));
        var candidates = plan.Candidates.Where(candidate => candidate.MemoryBytes > 0).ToArray();
        Assert.NotEmpty(candidates);
        Assert.All(candidates, candidate => Assert.InRange(candidate.MemoryBytes, 5_000_000, 6_000_000));
    }

    [Fact]
    public void Gpus_have_none()
    {
        var rank = Plan(Of([("linear", 512L), ("linear", 256L)], degree: 1), Gpus(1)).Ranks[0];
        // The operands of the first product, 32 samples: less than what a product is given there.
        Assert.Equal((((256 + 512) * 32) + (256 * 512)) * 4, rank.Memory.WorkspaceBytes);
        Assert.Equal(0, rank.Device.OwnBytes);
    }

    private static HardwareDescription Measured(Dictionary<(long Inputs, long Outputs), long> sizes) => On(new PanelSizes(
        from size in sizes
        from kind in Enum.GetValues<ProductKind>()
        select (new WeightProduct(Precision.Float32, kind, 16, size.Key.Inputs, size.Key.Outputs, 1), size.Value)));

    private static HardwareDescription On(PanelSizes panels) => Laptop with { Performance = Speeds.Of() with { Panels = panels } };
}
