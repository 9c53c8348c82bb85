using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>One rank's part in an all-reduce through its door to the group of all.</summary>
/// <param name="byteCount">Of its tensor.</param>
internal sealed class AllReduceWork(ICollectiveGroup door, long byteCount, Device device) : IMeasuredWork
{
    // Sums of zeros stay zeros, whose bits cost what any others do; ones would overflow.
    private readonly Tensor tensor = zeros(byteCount / sizeof(float), ScalarType.Float32, device);

    public void Do() => door.AllReduce(tensor);

    public void Dispose() => tensor.Dispose();
}
