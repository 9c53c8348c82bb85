using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Hardware;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Jobs;

/// <summary>What a process tells the others of itself and of its machine, before anything is done together.</summary>
/// <param name="Build">Tells two builds of ParDsl apart, of one version too.</param>
/// <param name="Libraries">The versions that must be alike, by what they are of.</param>
/// <param name="Cores">Of its machine: those that it may use, or in a job that has been joined those of all its processes there.</param>
/// <param name="MemoryBytes">Of its machine, as far as it may use it.</param>
public sealed record ProcessReport(
    JobMember Member,
    string Build,
    ImmutableSortedDictionary<string, string> Libraries,
    int Cores,
    long MemoryBytes,
    ImmutableArray<DeviceDescription> Gpus,
    bool HasNccl)
{
    /// <summary>The numbers of the cores that it may run on, as the kernel writes them; empty where none are told.</summary>
    public string CoreList { get; init; } = "";

    /// <summary>That its rank computes with: its share of the cores; 0 before the job has been joined.</summary>
    public int Threads { get; init; }

    /// <summary>Tells the machines of different speeds apart.</summary>
    public MachineFingerprint? Machine { get; init; }

    /// <summary>How fast the first process's machine was measured to be, as it is kept; empty elsewhere, and where nothing is kept.</summary>
    public string Calibration { get; init; } = "";

    /// <summary>What <see cref="Libraries"/> has of ParDsl itself.</summary>
    public const string ParDslName = "ParDsl";

    /// <summary>What it has of what moves the bytes.</summary>
    public const string EngineName = "the engine";

    /// <summary>Of this process.</summary>
    /// <param name="rank">Its number among the processes.</param>
    /// <param name="engine">The version of what will move the bytes: <c>Open MPI v4.1.4</c>.</param>
    public static ProcessReport Own(int rank, string engine)
    {
        var hardware = HardwareProbe.Machine();
        return new ProcessReport(
            new JobMember(rank, Environment.MachineName, Environment.ProcessId),
            BuildOf(typeof(ProcessReport), typeof(PlanChecker)),
            ImmutableSortedDictionary<string, string>.Empty
                .Add(ParDslName, typeof(ProcessReport).Assembly.GetName().Version!.ToString(3))
                .Add(".NET", RuntimeInformation.FrameworkDescription)
                .Add("TorchSharp", NativeFolders.TorchSharpVersion)
                .Add(EngineName, engine),
            hardware.Cores,
            hardware.MemoryBytes,
            hardware.Gpus,
            hardware.HasNccl)
        {
            CoreList = CoreNumbers.Own(),
            Machine = MachineFingerprint.Of(hardware),
        };
    }

    private static string BuildOf(params Type[] types) =>
        string.Join(' ', types.Select(type => type.Module.ModuleVersionId.ToString("N")[..8]));
}
