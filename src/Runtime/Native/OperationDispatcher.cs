using static TorchSharp.torch;

namespace ParDsl.Runtime.Native;

/// <summary>Calls libtorch's operations by name, for those that TorchSharp does not offer.</summary>
internal static class OperationDispatcher
{
    /// <summary>Calls an operation. What it gives stands in the first slots of the arguments.</summary>
    /// <param name="operation">The schema's name in UTF-8, ended by a zero byte: <c>"aten::_fused_adamw_\0"u8</c>.</param>
    public static unsafe void Call(ReadOnlySpan<byte> operation, OperationArguments arguments)
    {
        fixed (byte* name = operation)
        fixed (byte* overload = "\0"u8)
        fixed (ulong* stack = arguments.Filled)
        {
            Require(StableAbi.CallDispatcher(name, overload, stack, StableAbi.AbiVersion()), name: operation);
        }
    }

    /// <summary>Calls an operation that gives one tensor, which is the caller's; autograd sees it as any other.</summary>
    public static Tensor CallForTensor(ReadOnlySpan<byte> operation, OperationArguments arguments)
    {
        Call(operation, arguments);
        return Taken(arguments, 0);
    }

    /// <summary>Likewise for an operation that gives two.</summary>
    public static (Tensor First, Tensor Second) CallForTwo(ReadOnlySpan<byte> operation, OperationArguments arguments)
    {
        Call(operation, arguments);
        return (Taken(arguments, 0), Taken(arguments, 1));
    }

    /// <summary>Likewise for an operation that gives three.</summary>
    public static (Tensor First, Tensor Second, Tensor Third) CallForThree(
        ReadOnlySpan<byte> operation, OperationArguments arguments)
    {
        Call(operation, arguments);
        return (Taken(arguments, 0), Taken(arguments, 1), Taken(arguments, 2));
    }

    /// <summary>Throws where a call of the interface did not succeed; libtorch has written its words to standard error.</summary>
    public static void Require(int outcome, string name)
    {
        if (outcome != 0)
            throw new InvalidOperationException($"libtorch refused {name}");
    }

    private static Tensor Taken(OperationArguments arguments, int result) =>
        Tensor.UnsafeCreateTensor((IntPtr)arguments.Filled[result]);

    private static void Require(int outcome, ReadOnlySpan<byte> name)
    {
        if (outcome != 0)
            throw new InvalidOperationException($"libtorch refused {System.Text.Encoding.UTF8.GetString(name.TrimEnd((byte)0))}");
    }
}
