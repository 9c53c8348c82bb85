using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>What a precision costs on the devices that a plan has.</summary>
internal static class PrecisionNotes
{
    /// <summary>libtorch multiplies float16 matrices on a CPU number by number: measured 43 times slower than float32.</summary>
    public static IEnumerable<string> Of(CheckedProgram program, ImmutableArray<DeviceDescription> devices)
    {
        if (program.Training.Precision == Precision.Float16 && devices.Any(device => device.Kind == DeviceKind.VirtualCpu))
            yield return "float16 is slow on a CPU, up to 40 times slower than float32: "
                + "`precision bfloat16` is quick there, and needs no loss scale";
    }
}
