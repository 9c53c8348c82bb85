using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>What it costs that the ranks are on several machines.</summary>
internal static class MachineNotes
{
    /// <summary>Tensor ranks speak several times a layer; between machines that is far slower than within one.</summary>
    public static IEnumerable<string> Of(Mesh mesh, IReadOnlyList<DeviceDescription> devices)
    {
        var degree = mesh.Degree(MeshAxis.Tensor);
        if (degree > 1 && devices.Chunk(degree).Any(line => line.Select(device => device.Machine).Distinct().Count() > 1))
            yield return $"`tensor {degree}` reaches over machines, and its ranks speak in every layer: "
                + "a degree that divides a machine's ranks keeps that within one";
    }
}
