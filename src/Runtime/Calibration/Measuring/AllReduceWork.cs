using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// One rank's part in an all-reduce through its door to the group of all, of tensors that were written before other things.
/// </summary>
/// <param name="byteCount">Of its tensor.</param>
internal sealed class AllReduceWork(ICollectiveGroup door, long byteCount, Device device) : IMeasuredWork
{
    // Sums of zeros stay zeros, whose bits cost what any others do; ones would overflow.
    private readonly Living tensors =
        new Living(byteCount, least: 1).Filled(zeros(byteCount / sizeof(float), ScalarType.Float32, device));

    public void Do() => door.AllReduce(tensors.Next());

    public void Dispose() => tensors.Dispose();
}
