using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using ParDsl.Compiler.Tests.Costs;
using ParDsl.Goldens;
using ParDsl.Source;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>Programs over several machines: which ranks stand where, and what moves their bytes.</summary>
public sealed class MachineTests
{
    [Fact]
    public void A_plan_over_named_machines() =>
        Golden.Check("plans/data-4-hosts.txt", PlanPrinter.Print(Plan(Small(degree: 4), Named(("node-1", 3), ("node-2", 1)))));

    [Fact]
    public void Each_machine_has_as_many_ranks_where_no_places_are_said()
    {
        var plan = Plan(Small(degree: 4), Named(("a", 0), ("b", 0)));
        Assert.Equal([0, 0, 1, 1], plan.Ranks.Select(rank => rank.Device.Machine));
        Assert.Equal([0, 1, 0, 1], plan.Ranks.Select(rank => rank.Device.Index));
        Assert.All(plan.Ranks, rank => Assert.Equal((1, 8L << 30), (rank.Device.Threads, rank.Device.MemoryBytes)));
        Assert.Equal("no GPU here: 4 virtual CPU devices on 2 machines stand in (the learning is the same)", plan.Notes[0]);
    }

    [Fact]
    public void All_places_are_taken_or_each_machine_has_as_many()
    {
        Assert.Equal([0, 0, 0, 1], Plan(Small(degree: 4), Named(("a", 3), ("b", 1))).Ranks.Select(rank => rank.Device.Machine));
        Assert.Equal([0, 1], Plan(Small(degree: 2), Named(("a", 3), ("b", 1))).Ranks.Select(rank => rank.Device.Machine));
    }

    [Fact]
    public void An_open_degree_takes_all_places()
    {
        Assert.Equal("data 4", Plan(Small(), Named(("a", 3), ("b", 1))).Strategy);
        Assert.Equal("data 4", Plan(Small(), Gpus(2), Ask() with { Nodes = 2 }).Strategy);
        Assert.Equal("data 4", Plan(Small(), Laptop, Ask(2) with { Nodes = 2 }).Strategy);
    }

    [Fact]
    public void Where_nothing_says_how_many_each_machine_has_one()
    {
        Assert.Equal("data 3", Plan(Small(batch: 30), Laptop, Ask() with { Nodes = 3 }).Strategy);
        Assert.Equal("data 3", Plan(Small(batch: 30, isAuto: true), Laptop, Ask() with { Nodes = 3 }).Strategy);
        var pairs = Small().With(Replicas(0)) with { Parallel = Small().Parallel with { Data = Replicas(0), Tensor = new TensorRequest(2, false, SourceSpan.Nowhere) } };
        Assert.Equal("data 1", $"data {Plan(pairs, Laptop, Ask() with { Nodes = 2 }).Mesh.Degree(MeshAxis.Data)}");
    }

    [Fact]
    public void Auto_takes_the_most_gpus_that_the_machines_share()
    {
        var plan = Plan(Small(isAuto: true, batch: 6), Gpus(4), Ask() with { Nodes = 2 });
        Assert.Equal("data 6", plan.Strategy);
        Assert.Equal([0, 0, 0, 1, 1, 1], plan.Ranks.Select(rank => rank.Device.Machine));
        Assert.Contains("6 of 8 GPUs: the most that share batch 6 evenly", plan.Notes);
    }

    [Fact]
    public void Nodes_in_the_spec_are_machines_like_this_one()
    {
        var plan = Plan(OnNodes(Small(degree: 4), 2), Laptop);
        Assert.Equal("2 machines like laptop", plan.Hardware.Name);
        Assert.Equal((4, 32L << 30), (plan.Hardware.Cores, plan.Hardware.MemoryBytes));
        Assert.Equal([0, 0, 1, 1], plan.Ranks.Select(rank => rank.Device.Machine));
    }

    /// <summary>`check` plans for any machine, which holds whatever it is given: sixteen of those are beyond 64 bits.</summary>
    [Fact]
    public void Machines_without_end_can_be_many()
    {
        var anyMachine = new HardwareDescription("any machine", 1, 1L << 60, []);
        var plan = Plan(OnNodes(Small(degree: 16, batch: 32), 16), anyMachine, DeviceRequest.Unstated);
        Assert.Equal((16, long.MaxValue), (plan.Hardware.MachineCount, plan.Hardware.MemoryBytes));
    }

    [Fact]
    public void The_command_lines_nodes_stand_in_for_the_specs()
    {
        Assert.Equal(4, Plan(OnNodes(Small(degree: 4), 2), Laptop, Ask() with { Nodes = 4 }).Hardware.MachineCount);
        Assert.Empty(Plan(OnNodes(Small(degree: 4), 2), Laptop, DeviceRequest.OnMachines(1)).Hardware.Machines);
    }

    [Theory]
    [InlineData(1, false, false, false, EngineKind.Threads)]
    [InlineData(4, false, false, false, EngineKind.Threads)]
    [InlineData(4, true, false, false, EngineKind.Threads)]
    [InlineData(4, true, true, false, EngineKind.Nccl)]
    [InlineData(4, false, false, true, EngineKind.Mpi)]
    [InlineData(4, true, false, true, EngineKind.Mpi)]
    [InlineData(4, true, true, true, EngineKind.Nccl)]
    public void The_engine(int degree, bool onGpus, bool hasNccl, bool onNodes, EngineKind expected)
    {
        var machine = (onGpus ? Gpus(onNodes ? 2 : 4) : Laptop) with { HasNccl = hasNccl };
        var plan = Plan(Small(degree), machine, Ask() with { Nodes = onNodes ? 2 : 1 });
        Assert.Equal(expected, plan.Engine.Kind);
        Assert.NotEmpty(plan.Engine.Reason);
    }

    [Fact]
    public void A_job_has_the_devices_that_its_processes_found_in_the_order_of_its_ranks()
    {
        ImmutableArray<ProcessDevice> found = [Process("b"), Process("a"), Process("b"), Process("a")];
        var plan = Plan(Small(), HardwareSet.Job(found, hasNccl: false));
        Assert.Equal("data 4", plan.Strategy);
        Assert.Equal("b and a", plan.Hardware.Name);
        Assert.Equal([0, 1, 0, 1], plan.Ranks.Select(rank => rank.Device.Machine));
        Assert.Equal([0, 0, 1, 1], plan.Ranks.Select(rank => rank.Device.Index));
        Assert.All(plan.Ranks, rank => Assert.Equal((4, 8L << 30), (rank.Device.Threads, rank.Device.MemoryBytes)));
        Assert.Equal(EngineKind.Mpi, plan.Engine.Kind);
    }

    [Fact]
    public void Tensor_ranks_on_several_machines_are_told_of()
    {
        var program = Small() with { Parallel = Small().Parallel with { Data = null, Tensor = new TensorRequest(4, false, SourceSpan.Nowhere) } };
        Assert.Contains(
            Plan(program, Laptop, Ask() with { Nodes = 2 }).Notes,
            note => note.StartsWith("`tensor 4` reaches over machines", StringComparison.Ordinal));
    }

    /// <summary>The only numbers of ranks that seven cores divide by are one and seven, which two machines cannot have in equal parts.</summary>
    [Fact]
    public void Machines_whose_cores_have_nothing_in_common_are_laid_out_for()
    {
        var alike = HardwareSet.Alike(Laptop with { Performance = Speeds.Of(Speeds.Gigaflops) }, 2);
        var uneven = alike with { Cores = 7, Machines = [alike.Machines[0] with { Cores = 3 }, alike.Machines[1] with { Cores = 4 }] };
        Assert.Contains(Plan(Small(batch: 48, isAuto: true), uneven).Ranks.Length, new[] { 2, 4, 6 });
    }

    private static ProcessDevice Process(string host) => new(host, null, 8, 16L << 30);

    private static CheckedProgram OnNodes(CheckedProgram program, long count) =>
        program with { Parallel = program.Parallel with { Nodes = new NodesRequest(count, SourceSpan.Nowhere) } };

    private static HardwareDescription Named(params (string Name, int Slots)[] hosts) =>
        HardwareSet.Named(Laptop, [.. hosts.Select(host => new MachineSlots(host.Name, host.Slots))]);
}
