namespace ParDsl.Compiler.Hardware.Known;

/// <summary>Known hardware as it is asked for: <c>h100:8x16</c> is 16 machines of 8 H100.</summary>
/// <param name="Name">The kind of machine.</param>
/// <param name="Count">The GPUs or cores of each.</param>
/// <param name="Machines">0 where nothing was said: one, or as many as the program says.</param>
public sealed record HardwareName(string Name, int Count, int Machines)
{
    /// <summary>As it is written on the command line.</summary>
    public string Words => Machines == 0 ? $"{Name}:{Count}" : $"{Name}:{Count}x{Machines}";
}
