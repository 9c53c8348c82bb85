using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Native;

/// <summary>
/// The arguments of one operation in the order of its schema, each in the 64 bits that the stable interface gives it. The
/// call consumes tensors' handles and lists; the tensors themselves stay the caller's.
/// </summary>
internal ref struct OperationArguments(Span<ulong> slots)
{
    private readonly Span<ulong> slots = slots;
    private int count;

    /// <summary>What was added so far.</summary>
    public readonly Span<ulong> Filled => slots[..count];

    public void Add(double value) => slots[count++] = BitConverter.DoubleToUInt64Bits(value);

    public void Add(long value) => slots[count++] = (ulong)value;

    public void Add(bool value) => slots[count++] = value ? 1UL : 0UL;

    /// <summary>An optional argument that is left out.</summary>
    public void AddNone() => slots[count++] = 0;

    public void Add(Tensor tensor) => slots[count++] = Handle(tensor);

    /// <summary>An optional argument that is given.</summary>
    public unsafe void AddOptional(Tensor tensor)
    {
        // The interface deletes the place that holds it.
        var place = StableAbi.New(sizeof(ulong));
        *(ulong*)place = Handle(tensor);
        slots[count++] = (ulong)place;
    }

    public void AddList(ImmutableArray<Tensor> tensors)
    {
        Span<ulong> handles = stackalloc ulong[tensors.Length];
        for (var index = 0; index < handles.Length; index++)
            handles[index] = Handle(tensors[index]);
        slots[count++] = List(handles);
    }

    public void AddFlags(ReadOnlySpan<bool> flags)
    {
        Span<ulong> values = stackalloc ulong[flags.Length];
        for (var index = 0; index < values.Length; index++)
            values[index] = flags[index] ? 1UL : 0UL;
        slots[count++] = List(values);
    }

    private static ulong List(ReadOnlySpan<ulong> values)
    {
        OperationDispatcher.Require(StableAbi.NewList((nuint)values.Length, out var list), "torch_new_list");
        foreach (var value in values)
            OperationDispatcher.Require(StableAbi.PushBack(list, value), "torch_list_push_back");
        return (ulong)list;
    }

    private static ulong Handle(Tensor tensor)
    {
        OperationDispatcher.Require(StableAbi.NewTensorHandle(tensor.Handle, out var handle), "new_tensor_handle");
        return (ulong)handle;
    }
}
