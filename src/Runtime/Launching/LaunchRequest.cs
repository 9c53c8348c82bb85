using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Runtime.Launching;

/// <summary>What is to be started, and where.</summary>
/// <param name="Hosts">
/// The machines, each with exactly as many ranks as it gets, in the order of the ranks; empty where the launcher knows the
/// machines from the scheduler.
/// </param>
/// <param name="MachineCount">How many machines there are.</param>
/// <param name="RankCount">The processes in all.</param>
/// <param name="Program">This program's file, and what must stand behind it to start this program.</param>
/// <param name="Words">The words that each process gets.</param>
/// <param name="Folder">The folder that each process starts in.</param>
/// <param name="Variables">The names of the environment's variables that reach each process with their values here.</param>
/// <param name="IsRoot">Whether the user is root, which Open MPI wants to be asked about.</param>
public sealed record LaunchRequest(
    ImmutableArray<MachineSlots> Hosts,
    int MachineCount,
    int RankCount,
    ImmutableArray<string> Program,
    ImmutableArray<string> Words,
    string Folder,
    ImmutableArray<string> Variables,
    bool IsRoot)
{
    /// <summary>
    /// Where the scheduler lists the machines, one a line for each place, for launchers that were built without knowing it; null
    /// where it lists them nowhere, or <see cref="Hosts"/> says.
    /// </summary>
    public string? NodeFile { get; init; }
}
