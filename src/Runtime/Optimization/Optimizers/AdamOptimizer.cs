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
internal sealed class AdamOptimizer(Tensor values, Tensor gradients, CheckedArguments arguments, bool isDecoupled) : IOptimizer
{
    private readonly Tensor average = zeros_like(values).DetachFromDisposeScope();
    private readonly Tensor squareAverage = zeros_like(values).DetachFromDisposeScope();
    private readonly Tensor stepCount = zeros([], ScalarType.Float32, values.device).DetachFromDisposeScope();
    private readonly Tensor one = ones([], ScalarType.Float32, values.device).DetachFromDisposeScope();
    private readonly double beta1 = arguments.Real("beta1");
    private readonly double beta2 = arguments.Real("beta2");
    private readonly double weightDecay = arguments.Real("weight_decay");
    private readonly double epsilon = arguments.Real("epsilon");

    public ImmutableSortedDictionary<string, Tensor> States => ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, [KeyValuePair.Create("exp_avg", average), KeyValuePair.Create("exp_avg_sq", squareAverage)]);

    public Tensor? StepCount => stepCount;

    public void Update(double learningRate)
    {
        stepCount.add_(one);
        var call = new OperationArguments(stackalloc ulong[15]);
        call.AddList(values);
        call.AddList(gradients);
        call.AddList(average);
        call.AddList(squareAverage);
        call.AddList(null); // the greatest second moments, of the variant AMSGrad
        call.AddList(stepCount);
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
        average.Dispose();
        squareAverage.Dispose();
        stepCount.Dispose();
        one.Dispose();
    }
}
