using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization;

/// <summary>
/// What float16's loss is multiplied by for the backward pass, so that small gradients do not become 0: PyTorch's GradScaler
/// (Micikevicius et al. 2018, section 3.2). A step whose gradients overflow is skipped and halves the scale; it doubles after
/// so many steps that did not.
/// </summary>
internal sealed class LossScale(double initial, Device device) : IDisposable
{
    public const double Initial = 65536;

    /// <summary>Float16's least number above 0: what needs a scale below it does not become finite by scaling.</summary>
    public const double Least = 1.0 / (1 << 24);

    private const double Growth = 2;
    private const double Backoff = 0.5;
    private const int GrowthInterval = 2000;

    private readonly Tensor found = zeros([1], ScalarType.Float32, device).DetachFromDisposeScope();
    private readonly Tensor inverse = zeros([1], ScalarType.Float32, device).DetachFromDisposeScope();

    public double Value { get; private set; } = initial;

    /// <summary>Since the scale last changed.</summary>
    public int StepsAtValue { get; private set; }

    public long SkippedSteps { get; private set; }

    /// <summary>Whether a gradient of the running step is not finite: then it changes no weight.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>
    /// Whether the running step is not finite at the least scale: by PyTorch's rules all that follow would be skipped, or nearly
    /// so small that they change nothing.
    /// </summary>
    public bool IsExhausted => HasOverflow && Value * Backoff < Least;

    /// <summary>Takes the scale out of a step's gradients, and agrees with the other ranks whether all are finite.</summary>
    /// <param name="gradients">Those that this rank updates with, in float32; it may have none.</param>
    /// <param name="group">The ranks that hold the other gradients; null where there are none.</param>
    public void Unscale(ImmutableArray<Tensor> gradients, ICollectiveGroup? group)
    {
        using var scope = NewDisposeScope();
        found.zero_();
        using var share = (1 / Value).ToScalar();
        inverse.fill_(share);
        if (!gradients.IsEmpty)
            CheckAndUnscale(gradients);
        group?.AllReduce(found);
        HasOverflow = TensorNumber.Real(found) > 0;
    }

    /// <summary>The scale of the next step.</summary>
    public void EndStep()
    {
        StepsAtValue++;
        if (HasOverflow)
        {
            SkippedSteps++;
            Change(Backoff);
        }
        else if (StepsAtValue == GrowthInterval)
        {
            Change(Growth);
        }

        HasOverflow = false;
    }

    /// <summary>Goes on where another process stopped.</summary>
    public void Restore(double value, long stepsAtValue, long skippedSteps) =>
        (Value, StepsAtValue, SkippedSteps) = (value, checked((int)stepsAtValue), skippedSteps);

    public void Dispose()
    {
        found.Dispose();
        inverse.Dispose();
    }

    private void CheckAndUnscale(ImmutableArray<Tensor> gradients)
    {
        var call = new OperationArguments(stackalloc ulong[3]);
        call.AddList(gradients);
        call.Add(found);
        call.Add(inverse);
        OperationDispatcher.Call("aten::_amp_foreach_non_finite_check_and_unscale_\0"u8, call);
    }

    private void Change(double factor) => (Value, StepsAtValue) = (Value * factor, 0);
}
