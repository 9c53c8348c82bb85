namespace ParDsl.Compiler.Hardware;

public enum DeviceKind
{
    /// <summary>A share of the machine's cores that stands in for a device.</summary>
    VirtualCpu,

    Cuda,
}
