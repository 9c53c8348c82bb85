using static TorchSharp.torch;

namespace ParDsl.Runtime.Native;

/// <summary>PyTorch's <c>parameter.data = tensor</c>.</summary>
internal static class TensorData
{
    /// <summary>
    /// Gives a leaf of autograd other memory of the same shape. Where autograd keeps the leaf for a backward pass, it finds
    /// what the leaf has then: no count of changes is made.
    /// </summary>
    public static void Set(Tensor leaf, Tensor data)
    {
        var call = new OperationArguments(stackalloc ulong[2]);
        call.Add(leaf);
        call.Add(data);
        OperationDispatcher.Call("aten::set_data\0"u8, call);
    }
}
