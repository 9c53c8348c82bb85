using static TorchSharp.torch;

namespace ParDsl.Runtime.Native;

/// <summary>The elements of a contiguous tensor in main memory, where they lie. The caller keeps the tensor alive.</summary>
internal static class TensorMemory
{
    public static unsafe Span<T> Elements<T>(Tensor tensor)
        where T : unmanaged
    {
        OperationDispatcher.Require(StableAbi.GetDataPointer(tensor.Handle, out var pointer), "get_data_ptr");
        return new Span<T>((void*)pointer, checked((int)tensor.numel()));
    }
}
