using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// What goes before a message's elements, as four numbers. NCCL knows no tags, and matches sends and receives by their order
/// alone; a plan may take two messages in another order than they were sent in (gradients of two values that cross the same
/// border). And it would not notice a receiver that expects other elements than come.
/// </summary>
/// <param name="Number">The message's place in its channel, from 0.</param>
internal readonly record struct NcclMessage(long Number, int Tag, long Count, NcclElementType Type)
{
    public const int Length = 4;

    /// <summary>On the device; the caller's to dispose.</summary>
    public Tensor ToTensor(Device device) =>
        tensor([Number, Tag, Count, (long)Type], dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();

    public static NcclMessage Read(ReadOnlySpan<long> numbers) =>
        new(numbers[0], checked((int)numbers[1]), numbers[2], (NcclElementType)numbers[3]);
}
