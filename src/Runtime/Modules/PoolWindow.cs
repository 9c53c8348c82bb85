namespace ParDsl.Runtime.Modules;

/// <summary>The window of a pool; a stride of 0 is the kernel's size.</summary>
internal sealed class PoolWindow(LayerSite site)
{
    public long[] Kernel { get; } = site.Pair("kernel");

    public long[] Stride { get; } =
        [.. site.Pair("stride").Zip(site.Pair("kernel"), (stride, kernel) => stride == 0 ? kernel : stride)];

    public long[] Padding { get; } = site.Pair("padding");
}
