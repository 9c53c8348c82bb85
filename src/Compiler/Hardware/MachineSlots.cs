namespace ParDsl.Compiler.Hardware;

/// <summary>A machine that the user names: <c>node-3:4</c>.</summary>
/// <param name="Slots">The most ranks that it takes; 0 where nothing was said.</param>
public sealed record MachineSlots(string Name, int Slots);
