using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization.Optimizers;

/// <summary>PyTorch's SGD with momentum, Nesterov's variant and weight decay, by libtorch's fused operation.</summary>
internal sealed class SgdOptimizer(Tensor values, Tensor gradients, CheckedArguments arguments) : IOptimizer
{
    private readonly double momentum = arguments.Real("momentum");
    private readonly double weightDecay = arguments.Real("weight_decay");
    private readonly bool isNesterov = arguments.Flag("nesterov");

    // A velocity of zeros makes the first step PyTorch's too: without dampening it becomes the gradient.
    private readonly Tensor? velocity =
        arguments.Real("momentum") > 0 ? zeros_like(values).DetachFromDisposeScope() : null;

    public ImmutableSortedDictionary<string, Tensor> States => velocity is null
        ? ImmutableSortedDictionary<string, Tensor>.Empty
        : ImmutableSortedDictionary<string, Tensor>.Empty.Add("momentum_buffer", velocity);

    public Tensor? StepCount => null;

    public void Update(double learningRate)
    {
        var call = new OperationArguments(stackalloc ulong[12]);
        call.AddList(values);
        call.AddList(gradients);
        call.AddList(velocity);
        call.Add(weightDecay);
        call.Add(momentum);
        call.Add(learningRate);
        call.Add(0.0); // dampening
        call.Add(isNesterov);
        call.Add(false); // maximize
        call.Add(false); // the first step
        call.AddNone(); // gradients' scale
        call.AddNone(); // whether one is infinite
        OperationDispatcher.Call("aten::_fused_sgd_\0"u8, call);
    }

    public void Dispose() => velocity?.Dispose();
}
