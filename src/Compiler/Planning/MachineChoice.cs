using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The machines of a plan: those that are described, or as many like this one as <c>--nodes</c> or the program's
/// <c>nodes</c> says.
/// </summary>
internal static class MachineChoice
{
    public static HardwareDescription Of(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        var count = Wanted(program, request);
        return hardware.Machines.IsEmpty && count > 1 ? HardwareSet.Alike(hardware, count) : hardware;
    }

    /// <summary>Other machines than are there; null where the number fits or nothing says it.</summary>
    public static Diagnostic? Mistake(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        var count = Wanted(program, request);
        if (count == 0 || count == hardware.MachineCount)
            return null;
        return request.Nodes > 0
            ? MachineErrors.OtherNodesAskedFor(program.Parallel.Span, request.Nodes, hardware)
            : MachineErrors.OtherNodesWritten(program.Parallel.Nodes!.Span, count, hardware);
    }

    /// <summary>0 where neither says it.</summary>
    private static int Wanted(CheckedProgram program, DeviceRequest request) =>
        request.Nodes > 0 ? request.Nodes : (int)(program.Parallel.Nodes?.Count ?? 0);
}
