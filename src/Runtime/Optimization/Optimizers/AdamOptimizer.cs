using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization.Optimizers;

/// <summary>
/// PyTorch's Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), which differ in where weight decay goes: into
/// the gradient, or straight to the weights. By libtorch's fused operations.
/// </summary>
internal sealed class AdamOptimizer(ImmutableArray<FlatPiece> pieces, CheckedArguments arguments, bool isDecoupled) : IOptimizer
{
    private readonly ImmutableArray<Tensor> values = [.. pieces.Select(piece => piece.Values)];
    private readonly ImmutableArray<Tensor> gradients = [.. pieces.Select(piece => piece.Gradients)];
    private readonly ImmutableArray<Tensor> averages = PieceState.Zeros(pieces);
    private readonly ImmutableArray<Tensor> squareAverages = PieceState.Zeros(pieces);
    private readonly Tensor stepCount = zeros([], ScalarType.Float32, pieces[0].Values.device).DetachFromDisposeScope();
    private readonly Tensor one = ones([], ScalarType.Float32, pieces[0].Values.device).DetachFromDisposeScope();
    private readonly double beta1 = arguments.Real("beta1");
    private readonly double beta2 = arguments.Real("beta2");
    private readonly double weightDecay = arguments.Real("weight_decay");
    private readonly double epsilon = arguments.Real("epsilon");

    public ImmutableSortedDictionary<string, ImmutableArray<Tensor>> States => ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        [KeyValuePair.Create("exp_avg", averages), KeyValuePair.Create("exp_avg_sq", squareAverages)]);

    public Tensor? StepCount => stepCount;

    public void Update(double learningRate)
    {
        stepCount.Increase(one);
        var call = new OperationArguments(stackalloc ulong[15]);
        call.AddList(values);
        call.AddList(gradients);
        call.AddList(averages);
        call.AddList(squareAverages);
        call.AddList([]); // the greatest second moments, of the variant AMSGrad
        call.AddList([.. Enumerable.Repeat(stepCount, values.Length)]);
        call.Add(learningRate);
        call.Add(beta1);
        call.Add(beta2);
        call.Add(weightDecay);
        call.Add(epsilon);
        call.Add(false); // AMSGrad
        call.Add(false); // maximize
        call.AddNone(); // gradients' scale
        call.AddNone(); // whether one is infinite
        OperationDispatcher.Call(isDecoupled ? "aten::_fused_adamw_\0"u8 : "aten::_fused_adam_\0"u8, call);
    }

    public void Dispose()
    {
        foreach (var state in averages.Concat(squareAverages).Append(stepCount).Append(one))
            state.Dispose();
    }
}
