using ParDsl.Runtime.Native;
using ParDsl.Runtime.Randomness;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>One costly function of each of a tensor's numbers.</summary>
internal sealed class SpecialWork : IMeasuredWork
{
    private readonly Tensor numbers;
    private readonly Action work;

    public SpecialWork(SpecialKind kind, int count, Device device)
    {
        // Random numbers are drawn by the processor, for GPUs too.
        numbers = randn(count, ScalarType.Float32, kind == SpecialKind.RandomNumber ? CPU : device);
        work = kind switch
        {
            SpecialKind.Exponential => () => numbers.exp().Dispose(),
            SpecialKind.ErrorFunction => () => numbers.gelu().Dispose(),
            SpecialKind.RandomNumber => Draw(count),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    public void Do() => work();

    public void Dispose() => numbers.Dispose();

    private Action Draw(int count)
    {
        const double rate = 0.1;
        var mask = new DropoutMask(seed: 0, layer: 0, rate);
        var step = 0L;
        return () => mask.Fill(TensorMemory.Elements<float>(numbers), count, ++step, firstSample: 0, kept: 1);
    }
}
