using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using TorchSharp;

namespace ParDsl.Runtime.Data;

/// <summary>Memory for one batch of a rank, as two tensors on the CPU with room for the largest share.</summary>
internal sealed class BatchBuffer : IDisposable
{
    public BatchBuffer(int capacity, SampleFormat format, Precision precision)
    {
        Inputs = Allocate(capacity, format.Input, InputType(format.InputKind, precision));
        Targets = Allocate(capacity, format.TargetShape, TargetType(format.Target, precision));
        InputMemory = TensorMemory.Address(Inputs);
        TargetMemory = TensorMemory.Address(Targets);
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

    private static torch.ScalarType InputType(ValueKind input, Precision precision) => input switch
    {
        ValueKind.Tokens => torch.int64,
        _ => NumberType(precision),
    };

    private static torch.ScalarType TargetType(CheckedTarget target, Precision precision) => target switch
    {
        CheckedTarget.Class => torch.int64,
        _ => NumberType(precision),
    };

    private static torch.ScalarType NumberType(Precision precision) =>
        precision == Precision.Float32 ? torch.float32 : torch.float64;

    private static torch.Tensor Allocate(int capacity, Shape shape, torch.ScalarType type)
    {
        ImmutableArray<long> sizes = [capacity, .. shape.Sizes];
        return torch.empty(sizes.AsSpan(), dtype: type, device: torch.CPU).DetachFromDisposeScope();
    }
}
