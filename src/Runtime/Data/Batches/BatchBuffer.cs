using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using TorchSharp;

namespace ParDsl.Runtime.Data;

/// <summary>Memory for one batch of a rank, as two tensors on the CPU with room for the largest share.</summary>
internal sealed class BatchBuffer : IDisposable
{
    public BatchBuffer(int capacity, SampleFormat format, Precision precision)
    {
        Inputs = Allocate(capacity, format.Input, precision == Precision.Float32 ? torch.float32 : torch.float64);
        Targets = Allocate(capacity, format.TargetShape, TargetType(format.Target, precision));
        InputMemory = Address(Inputs);
        TargetMemory = Address(Targets);
    }

    /// <summary>[capacity, input...]</summary>
    public torch.Tensor Inputs { get; }

    /// <summary>[capacity, target...]</summary>
    public torch.Tensor Targets { get; }

    public nint InputMemory { get; }

    public nint TargetMemory { get; }

    public void Dispose()
    {
        Inputs.Dispose();
        Targets.Dispose();
    }

    private static torch.ScalarType TargetType(CheckedTarget target, Precision precision) => target switch
    {
        CheckedTarget.Class => torch.int64,
        _ => precision == Precision.Float32 ? torch.float32 : torch.float64,
    };

    private static torch.Tensor Allocate(int capacity, Shape shape, torch.ScalarType type)
    {
        ImmutableArray<long> sizes = [capacity, .. shape.Sizes];
        return torch.empty(sizes.AsSpan(), dtype: type, device: torch.CPU).DetachFromDisposeScope();
    }

    // The storage's start is the tensor's: it is fresh. The type must be the tensor's own, or TorchSharp gives a copy's address.
    private static nint Address(torch.Tensor tensor) => tensor.dtype switch
    {
        torch.ScalarType.Float32 => tensor.storage<float>().data_ptr(),
        torch.ScalarType.Float64 => tensor.storage<double>().data_ptr(),
        _ => tensor.storage<long>().data_ptr(),
    };
}
