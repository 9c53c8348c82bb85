using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What a rank holds against what its device has. Parameters, gradients, optimizer states and buffers are exact; what
/// autograd keeps is an upper bound, since a tensor that two layers keep is counted for both.
/// </summary>
internal static class MemoryFit
{
    public static MemoryEstimate Estimate(CheckedProgram program, BatchPlan batch)
    {
        var elementBytes = program.Training.Precision.ElementBytes();
        var parameters = checked(program.Model.ParameterCount * elementBytes);
        return new MemoryEstimate(
            ParameterBytes: parameters,
            GradientBytes: parameters,
            OptimizerBytes: checked(parameters * program.Training.OptimizerStateCount),
            BufferBytes: program.Model.Layers.SelectMany(layer => layer.Buffers).Sum(buffer => BufferBytes(buffer, elementBytes)),
            ActivationBytes: checked(ElementsPerSample(program.Model) * batch.RankMicroBatch * elementBytes));
    }

    /// <summary>
    /// A model that cannot be held, whatever autograd keeps; null where it can, or where the memory is not known.
    /// </summary>
    public static Diagnostic? Mistake(ExecutionPlan plan)
    {
        var rank = plan.Ranks[0];
        return rank.Device.MemoryBytes > 0 && Certain(rank.Memory) > rank.Device.MemoryBytes
            ? PlanErrors.MemoryExceedsDevice(plan.Program.Parallel.Span, rank, Certain(rank.Memory))
            : null;
    }

    public static IEnumerable<string> Notes(MemoryEstimate memory, DeviceDescription device)
    {
        if (device.MemoryBytes > 0 && memory.TotalBytes > device.MemoryBytes)
            yield return $"a rank may need {ByteText.Of(memory.TotalBytes)}, "
                + $"and {device.Name} has {ByteText.Of(device.MemoryBytes)}: "
                + "a larger `accumulate` or more devices make it less";
    }

    private static long Certain(MemoryEstimate memory) =>
        checked(memory.ParameterBytes + memory.GradientBytes + memory.OptimizerBytes + memory.BufferBytes);

    /// <summary>What the layers keep, the sample, and the output that the loss keeps.</summary>
    private static long ElementsPerSample(CheckedModel model) => checked(
        model.Layers.Sum(layer => layer.SavedElementsPerSample) + model.Input.ElementCount + model.Output.ElementCount);

    private static long BufferBytes(CheckedBuffer buffer, int elementBytes) =>
        checked(buffer.Shape.ElementCount * (buffer.IsInteger ? sizeof(long) : elementBytes));
}
