namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>What each of so many ranks on one machine gets of it while all of them work.</summary>
/// <param name="Ranks">The ranks on the machine; 0 where their number makes no difference, as with GPUs.</param>
/// <param name="Link">Between two ranks of the machine.</param>
public sealed record SharedPerformance(int Ranks, DevicePerformance Device, LinkPerformance Link);
