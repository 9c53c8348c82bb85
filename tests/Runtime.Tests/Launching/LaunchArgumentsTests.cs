using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Goldens;
using ParDsl.Runtime.Launching;
using Xunit;

namespace ParDsl.Runtime.Tests.Launching;

/// <summary>What a launcher is told, a word a line.</summary>
public sealed class LaunchArgumentsTests
{
    private static readonly Launcher OpenMpi = new("/usr/bin/mpirun", LauncherKind.OpenMpi, "4.1.4");
    private static readonly Launcher Hydra = new("/usr/bin/mpiexec.hydra", LauncherKind.Hydra, "4.0.2");

    public static TheoryData<string> Cases => ["hosts", "uneven", "allocation", "processes"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Open_mpi(string name) => Check("open-mpi", OpenMpi, name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mpich(string name) => Check("hydra", Hydra, name);

    [Fact]
    public void Root_is_told_of_to_open_mpi_alone()
    {
        var asRoot = Request("hosts") with { IsRoot = true };
        Assert.Contains("--allow-run-as-root", LaunchArguments.Of(OpenMpi, asRoot));
        Assert.DoesNotContain("--allow-run-as-root", LaunchArguments.Of(OpenMpi, Request("hosts")));
        Assert.Equal(LaunchArguments.Of(Hydra, Request("hosts")), LaunchArguments.Of(Hydra, asRoot));
    }

    /// <summary>What stands in the scheduler's file is for launchers that do not read it themselves.</summary>
    [Fact]
    public void A_schedulers_list_of_machines_is_handed_to_open_mpi_where_nobody_named_others()
    {
        var listed = Request("allocation") with { NodeFile = "/var/spool/7" };
        Assert.Equal(["-n", "8", "--hostfile", "/var/spool/7", "--map-by", "ppr:2:node:OVERSUBSCRIBE"], LaunchArguments.Of(OpenMpi, listed)[..6]);
        Assert.Equal(LaunchArguments.Of(Hydra, Request("allocation")), LaunchArguments.Of(Hydra, listed));
        Assert.Equal(LaunchArguments.Of(OpenMpi, Request("hosts")), LaunchArguments.Of(OpenMpi, Request("hosts") with { NodeFile = "/var/spool/7" }));
    }

    [Fact]
    public void Variables_of_pardsl_dotnet_and_transports_reach_the_ranks() => Assert.Equal(
        ["DOTNET_ROOT", "LD_LIBRARY_PATH", "NCCL_DEBUG", "PARDSL_LAUNCHED", "PARDSL_TRACE", "PATH", "UCX_TLS"],
        LaunchEnvironment.PassedOnOf(["PATH", "HOME", "PARDSL_TRACE", "SECRET", "UCX_TLS", "NCCL_DEBUG", "DOTNET_ROOT", "LD_LIBRARY_PATH", "XPATH"]));

    private static void Check(string launcher, Launcher words, string name) => Golden.Check(
        $"launching/{launcher}-{name}.txt", string.Concat(LaunchArguments.Of(words, Request(name)).Select(word => $"{word}\n")));

    private static LaunchRequest Request(string name)
    {
        (ImmutableArray<MachineSlots> hosts, int machines, int ranks) = name switch
        {
            "hosts" => (Hosts(("node-1", 4), ("node-2", 4)), 2, 8),
            "uneven" => (Hosts(("node-1", 4), ("10.0.0.2", 2)), 2, 6),
            "processes" => (Hosts(("localhost", 4)), 1, 4),
            _ => ([], 4, 8),
        };
        return new LaunchRequest(
            hosts,
            machines,
            ranks,
            ["/opt/pardsl/pardsl"],
            ["run", "model.pd", "--gpus", "4"],
            "/project",
            ["PARDSL_LAUNCHED", "PATH"],
            IsRoot: false);
    }

    private static ImmutableArray<MachineSlots> Hosts(params (string Name, int Slots)[] hosts) =>
        [.. hosts.Select(host => new MachineSlots(host.Name, host.Slots))];
}
