using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>How long a device takes for operations: the longer of computing and of moving numbers, and what each call costs.</summary>
internal sealed class WorkTimes(DevicePerformance device, Precision precision)
{
    private readonly RateCurve products = device.Products.Of(precision);
    private readonly RateCurve convolutions = device.Convolutions.Of(precision);
    private readonly int elementBytes = precision.ElementBytes();

    /// <param name="samples">The samples of one pass.</param>
    public double Of(OperationWork work, int samples)
    {
        var moving = device.Memory.Seconds(((work.Elements * samples) + work.WeightElements) * elementBytes);
        var specials = work.Specials * samples / device.SpecialsPerSecond;
        var computing = work.Kind switch
        {
            WorkKind.Product => products.Seconds(work.Operations * samples),
            WorkKind.Convolution => convolutions.Seconds(work.Operations * samples),
            WorkKind.Attention => products.Seconds(work.Operations * samples) / device.AttentionShare,
            WorkKind.Pass => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(work), work.Kind, null),
        };
        return Math.Max(moving, computing) + specials + Calls(work.Calls);
    }

    /// <summary>What the program's layers took on this device, where they were measured.</summary>
    /// <param name="tensor">As one rank has them.</param>
    /// <param name="hasReplicas">Whether data ranks share each batch.</param>
    public MeasuredLayers Measured(CheckedProgram program, TensorPlan tensor, bool hasReplicas) =>
        new(program, tensor, hasReplicas, device.Layers);

    public double Calls(int count) => count * device.OperationSeconds;

    /// <summary>
    /// Of an optimizer's step: weights and states are read and written, gradients read and set to zero; where weights are in 16 bits,
    /// those are written too.
    /// </summary>
    /// <param name="elements">That it updates.</param>
    public double Update(CheckedTraining training, double elements)
    {
        var masters = elements * precision.Master().ElementBytes() * (4 + (2 * training.OptimizerStateCount));
        return device.Updates.Seconds(masters + (precision.HasMasters() ? elements * elementBytes : 0));
    }

    /// <summary>Of a pass over so many bytes.</summary>
    public double Bytes(double bytes) => device.Memory.Seconds(bytes);
}
