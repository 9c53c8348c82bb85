using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using TorchSharp;

namespace ParDsl.Runtime.Data;

/// <summary>What one rank loads.</summary>
/// <param name="Order">The order of the part's samples; its count is the part's.</param>
/// <param name="Plan">How a global batch is cut.</param>
/// <param name="DataCoordinate">The rank's coordinate on the data axis.</param>
/// <param name="Precision">The element type of inputs; targets that are values are of float32 at least.</param>
public sealed record LoadRequest(
    DatasetPart Part,
    SampleOrder Order,
    BatchPlan Plan,
    int DataCoordinate,
    Precision Precision,
    torch.Device Device)
{
    /// <summary>How many batches wait for the rank at most; 0: each is made when the rank asks for it.</summary>
    public int Ahead { get; init; } = BatchPlan.LoadedAhead;

    /// <summary>The first step to load, counted from 0: above 0 in a resumed run.</summary>
    public long FirstStep { get; init; }

    /// <summary>The step to stop before; one pass over the samples where nothing else is said.</summary>
    public long EndStep { get; init; } = Order.StepsPerEpoch(Plan.GlobalBatch);

    /// <summary>What is thrown where more batches are asked for than there are.</summary>
    internal InvalidOperationException NothingLeft() => new($"the loader ended before step {EndStep}, as it was asked");
}
