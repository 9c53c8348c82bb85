using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ParDsl.Benchmarks.ByHand;

/// <summary>The networks of Specs/, as they are written on TorchSharp.</summary>
internal static class HandWrittenModels
{
    public static Module<Tensor, Tensor> Mlp() => Sequential(
        Linear(784, 512), ReLU(),
        Linear(512, 512), ReLU(),
        Linear(512, 10));

    public static Module<Tensor, Tensor> Conv() => Sequential(
        Conv2d(1, 32, 3, padding: 1), BatchNorm2d(32), ReLU(), MaxPool2d(2),
        Conv2d(32, 64, 3, padding: 1), BatchNorm2d(64), ReLU(), MaxPool2d(2),
        Flatten(),
        Linear(64 * 7 * 7, 128), ReLU(), Dropout(0.25),
        Linear(128, 10));
}
