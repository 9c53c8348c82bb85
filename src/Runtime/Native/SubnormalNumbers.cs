using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Native;

/// <summary>
/// Numbers nearer to zero than a type's smallest normal one: below 1.2e-38 in float32. A unit that has died leaves its weights'
/// moments there, where they shrink no more, and many processors are slow with them.
/// </summary>
internal static partial class SubnormalNumbers
{
    /// <summary>
    /// PyTorch's <c>set_flush_denormal</c>: from here on the calling thread, and threads that it starts, take them for zero and give
    /// zero for them.
    /// </summary>
    /// <returns>Whether the processor can.</returns>
    public static bool Flush() => SetFlushDenormal(true);

    // at::Context::setFlushDenormal(bool), a static function.
    [LibraryImport("libtorch_cpu.so", EntryPoint = "_ZN2at7Context16setFlushDenormalEb")]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool SetFlushDenormal([MarshalAs(UnmanagedType.U1)] bool on);
}
