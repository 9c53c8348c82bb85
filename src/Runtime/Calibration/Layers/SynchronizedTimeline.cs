using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Timelines;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>
/// A timeline whose actions end when the device has done them: a GPU is still at work when a call returns. What goes on beside
/// an action is waited for, too, so it is for measuring alone.
/// </summary>
internal sealed class SynchronizedTimeline(ActionTimeline timeline) : IActionProbe
{
    private readonly IActionProbe inner = timeline;

    public void Before(Rank rank, PlanAction action) => inner.Before(rank, action);

    public void After(Rank rank, PlanAction action)
    {
        if (rank.Device.type == DeviceType.CUDA)
            cuda.synchronize(rank.Device);
        inner.After(rank, action);
    }
}
