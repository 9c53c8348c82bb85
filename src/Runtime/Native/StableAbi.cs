using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Native;

/// <summary>
/// libtorch's stable C interface, which its CPU library exports (torch/csrc/stable/c/shim.h): the door to operations that
/// TorchSharp has none for. A TorchSharp tensor's handle is the interface's tensor handle. Zero is success.
/// </summary>
internal static unsafe partial class StableAbi
{
    private const string Library = "libtorch_cpu.so";

    [LibraryImport(Library, EntryPoint = "aoti_torch_abi_version")]
    public static partial ulong AbiVersion();

    /// <summary>Where the tensor's first element lies, its storage offset included.</summary>
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_data_ptr")]
    public static partial int GetDataPointer(IntPtr tensor, out IntPtr pointer);

    /// <summary>A second handle of the same tensor.</summary>
    [LibraryImport(Library, EntryPoint = "aoti_torch_new_tensor_handle")]
    public static partial int NewTensorHandle(IntPtr tensor, out IntPtr handle);

    /// <summary>C++'s <c>operator new</c>: room for what libtorch deletes.</summary>
    [LibraryImport("libstdc++.so.6", EntryPoint = "_Znwm")]
    public static partial IntPtr New(nuint size);

    [LibraryImport(Library, EntryPoint = "torch_new_list_reserve_size")]
    public static partial int NewList(nuint capacity, out IntPtr list);

    [LibraryImport(Library, EntryPoint = "torch_list_push_back")]
    public static partial int PushBack(IntPtr list, ulong value);

    /// <summary>
    /// Calls an operation by its schema's name. Arguments come in, and results go out, in <paramref name="stack"/>.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "torch_call_dispatcher")]
    public static partial int CallDispatcher(byte* operation, byte* overload, ulong* stack, ulong abiVersion);
}
