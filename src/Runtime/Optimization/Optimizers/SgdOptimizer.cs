using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization.Optimizers;

/// <summary>PyTorch's SGD with momentum, Nesterov's variant and weight decay, by libtorch's fused operation.</summary>
internal sealed class SgdOptimizer(ImmutableArray<FlatPiece> pieces, CheckedArguments arguments) : IOptimizer
{
    private readonly ImmutableArray<Tensor> values = [.. pieces.Select(piece => piece.Values)];
    private readonly ImmutableArray<Tensor> gradients = [.. pieces.Select(piece => piece.Gradients)];
    private readonly double momentum = arguments.Real("momentum");
    private readonly double weightDecay = arguments.Real("weight_decay");
    private readonly bool isNesterov = arguments.Flag("nesterov");

    // Velocities of zeros make the first step PyTorch's too: without dampening they become the gradient.
    private readonly ImmutableArray<Tensor> velocities = arguments.Real("momentum") > 0 ? PieceState.Zeros(pieces) : [];

    public ImmutableSortedDictionary<string, ImmutableArray<Tensor>> States => velocities.IsEmpty
        ? ImmutableSortedDictionary<string, ImmutableArray<Tensor>>.Empty
        : ImmutableSortedDictionary<string, ImmutableArray<Tensor>>.Empty.Add("momentum_buffer", velocities);

    public Tensor? StepCount => null;

    public void Update(double learningRate)
    {
        var call = new OperationArguments(stackalloc ulong[12]);
        call.AddList(values);
        call.AddList(gradients);
        call.AddList(velocities);
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

    public void Dispose()
    {
        foreach (var velocity in velocities)
            velocity.Dispose();
    }
}
