using static TorchSharp.torch;

namespace ParDsl.Runtime.Native;

/// <summary>The elements of a contiguous tensor in main memory, where they lie. The caller keeps the tensor alive.</summary>
internal static class TensorMemory
{
    public static unsafe Span<T> Elements<T>(Tensor tensor)
        where T : unmanaged => new((void*)Address(tensor), checked((int)tensor.numel()));

    /// <summary>The same as bytes, of elements of any type.</summary>
    public static unsafe Span<byte> Bytes(Tensor tensor) =>
        new((void*)Address(tensor), checked((int)(tensor.numel() * tensor.element_size())));

    /// <summary>Where the first element lies.</summary>
    public static nint Address(Tensor tensor)
    {
        OperationDispatcher.Require(StableAbi.GetDataPointer(tensor.Handle, out var pointer), "get_data_ptr");
        return pointer;
    }
}
