using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Hardware.Known;

/// <summary>The links between GPUs: what the wire carries, and what NCCL makes of it.</summary>
internal static class KnownLink
{
    /// <summary>
    /// NVLink's protocol takes about a fifth of the wire: 370 of 450 GB/s are left to NCCL (its authors, nccl-tests issue 212,
    /// 2024). A step of a ring takes 3.4 microseconds (NCCL's own model, src/graph/tuning.cc, NVLINK, Ring, Simple).
    /// </summary>
    public static LinkPerformance NvLink(double wire) => new(0.82 * wire, 3.4e-6);

    /// <summary>
    /// The same share of PCIe's wire is assumed; 5.7 microseconds (NCCL's model, PCI, Ring, Simple).
    /// </summary>
    public static LinkPerformance Pcie(double wire) => new(0.82 * wire, 5.7e-6);

    /// <summary>
    /// 46 to 48 of NDR's 50 GB/s reach NCCL (its authors, nccl-tests issue 290, 2025), and the same share of other networks is
    /// assumed; 14 microseconds (NCCL's model, NET, Ring, Simple).
    /// </summary>
    /// <param name="bits">A second, of each GPU.</param>
    public static LinkPerformance Network(double bits) => new(0.94 * bits / 8, 14e-6);
}
