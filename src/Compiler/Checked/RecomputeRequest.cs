namespace ParDsl.Compiler.Checked;

/// <summary>
/// Which activations are thrown away and computed again in the backward pass (Chen et al. 2016).
/// </summary>
/// <param name="IsAll">Every layer's, in runs whose length is the square root of the number of layers.</param>
/// <param name="Every">Every layer's, in runs of this length; 0 where nothing is said.</param>
public sealed record RecomputeRequest(bool IsAll, long Every)
{
    public static readonly RecomputeRequest None = new(false, 0);

    public bool IsWanted => IsAll || Every > 0;

    /// <summary>The layers of one run, in a part of the model of so many.</summary>
    public int RunLength(int layerCount) =>
        Every > 0 ? (int)Math.Min(Every, layerCount) : Math.Max(1, (int)Math.Sqrt(layerCount));
}
