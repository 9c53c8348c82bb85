using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks;
using TorchSharp;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Memory for one batch of a rank, as two tensors on the CPU with room for the largest share. Inputs of 16 bits are gathered
/// in float32, and rounded.
/// </summary>
internal sealed class BatchBuffer : IDisposable
{
    private readonly torch.Tensor gathered; // [capacity, input...]

    public BatchBuffer(int capacity, SampleFormat format, Precision precision)
    {
        var isRounded = format.InputKind is not ValueKind.Tokens && precision.HasMasters();
        gathered = Allocate(capacity, format.Input, InputType(format.InputKind, precision.Master()));
        Inputs = isRounded ? Allocate(capacity, format.Input, RankDevice.ElementType(precision)) : gathered;
        Targets = Allocate(capacity, format.TargetShape, TargetType(format.Target, precision.Master()));
        InputMemory = TensorMemory.Address(gathered);
        TargetMemory = TensorMemory.Address(Targets);
    }

    /// <summary>[capacity, input...]</summary>
    public torch.Tensor Inputs { get; }

    /// <summary>[capacity, target...]</summary>
    public torch.Tensor Targets { get; }

    /// <summary>Where inputs are gathered, before <see cref="Round"/>.</summary>
    public nint InputMemory { get; }

    public nint TargetMemory { get; }

    /// <summary>Gives <see cref="Inputs"/> what was gathered, where they are of another type.</summary>
    /// <param name="count">The samples that were gathered.</param>
    public void Round(int count)
    {
        if (ReferenceEquals(gathered, Inputs))
            return;
        using var guard = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Inputs.narrow(0, 0, count).copy_(gathered.narrow(0, 0, count));
    }

    public void Dispose()
    {
        gathered.Dispose();
        Inputs.Dispose();
        Targets.Dispose();
    }

    private static torch.ScalarType InputType(ValueKind input, Precision precision) => input switch
    {
        ValueKind.Tokens => torch.int64,
        _ => RankDevice.ElementType(precision),
    };

    private static torch.ScalarType TargetType(CheckedTarget target, Precision precision) => target switch
    {
        CheckedTarget.Class => torch.int64,
        _ => RankDevice.ElementType(precision),
    };

    private static torch.Tensor Allocate(int capacity, Shape shape, torch.ScalarType type)
    {
        ImmutableArray<long> sizes = [capacity, .. shape.Sizes];
        return torch.empty(sizes.AsSpan(), dtype: type, device: torch.CPU).DetachFromDisposeScope();
    }
}
