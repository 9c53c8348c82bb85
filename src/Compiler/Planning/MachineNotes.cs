using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>What it costs that the ranks are on several machines.</summary>
internal static class MachineNotes
{
    /// <summary>Tensor ranks speak several times a layer; between machines that is far slower than within one.</summary>
    /// <param name="isNarrow">Whether it is known that no layout fits where they stay within machines.</param>
    public static IEnumerable<string> Of(Mesh mesh, IReadOnlyList<DeviceDescription> devices, bool isNarrow = false)
    {
        var degree = mesh.Degree(MeshAxis.Tensor);
        if (degree > 1 && devices.Chunk(degree).Any(line => line.Select(device => device.Machine).Distinct().Count() > 1))
            yield return $"`tensor {degree}` reaches over machines, and its ranks speak in every layer: "
                + (isNarrow ? "no layout that keeps that within one fits" : "a degree that divides a machine's ranks keeps that within one");
    }
}
