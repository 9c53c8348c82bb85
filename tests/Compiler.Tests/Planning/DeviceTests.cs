using ParDsl.Compiler.Hardware;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

public sealed class DeviceTests
{
    [Fact]
    public void Virtual_devices_stand_in_where_there_is_no_gpu_and_say_so()
    {
        var plan = Plan(Small(), Laptop, Ask(4));
        Assert.Equal("data 4", plan.Strategy);
        Assert.Equal(["no GPU here: 4 virtual CPU devices stand in (the learning is the same)"], plan.Notes);
        Assert.All(plan.Ranks, rank => Assert.Equal((DeviceKind.VirtualCpu, 1, 4L << 30), (rank.Device.Kind, rank.Device.Threads, rank.Device.MemoryBytes)));
        Assert.Equal([0, 1, 2, 3], plan.Ranks.Select(rank => rank.Device.Index));
    }

    [Fact]
    public void Cores_are_split_evenly_over_virtual_devices() =>
        Assert.All(Plan(Small(degree: 2), Laptop with { Cores = 9 }).Ranks, rank => Assert.Equal(4, rank.Device.Threads));

    [Fact]
    public void A_degree_brings_as_many_virtual_devices_as_it_needs() =>
        Assert.Equal(4, Plan(Small(degree: 4), Laptop).Ranks.Length);

    [Fact]
    public void Auto_on_cpus_is_one_device_with_all_cores()
    {
        var plan = Plan(Small(isAuto: true), Laptop);
        Assert.Equal("single device", plan.Strategy);
        Assert.Equal(2, Assert.Single(plan.Ranks).Device.Threads);
        Assert.Empty(plan.Groups);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public void Data_without_a_degree_says_that_it_takes_one_device_where_none_are_stated() =>
        Assert.Contains("`data` takes 1 device", Assert.Single(Plan(Small(), Laptop).Notes));

    [Fact]
    public void Data_without_a_degree_takes_all_gpus() => Assert.Equal("data 4", Plan(Small(), Gpus(4)).Strategy);

    [Fact]
    public void Auto_takes_the_most_gpus_that_share_the_batch_evenly_and_says_so()
    {
        var plan = Plan(Small(isAuto: true, batch: 32), Gpus(6));
        Assert.Equal("data 4", plan.Strategy);
        Assert.Equal(["4 of 6 GPUs: the most that share batch 32 evenly"], plan.Notes);
    }

    [Fact]
    public void A_degree_below_the_gpus_there_are_leaves_some_and_says_so()
    {
        var plan = Plan(Small(degree: 2), Gpus(4));
        Assert.Equal([0, 1], plan.Ranks.Select(rank => rank.Device.Index));
        Assert.Equal(["2 of 4 GPUs: `data 2` needs no more"], plan.Notes);
    }

    [Fact]
    public void Gpus_are_used_in_the_order_in_which_they_are_named() =>
        Assert.Equal([3, 1], Plan(Small(degree: 2), Gpus(4), Ask(indices: [3, 1])).Ranks.Select(rank => rank.Device.Index));

    [Fact]
    public void Required_gpus_that_are_not_there_are_refused() =>
        Assert.Equal("PD4001", Refusal(Small(), Laptop, Ask(requireGpu: true)).Code);

    [Fact]
    public void Fewer_gpus_than_asked_for_are_refused()
    {
        var refusal = Refusal(Small(), Gpus(2), Ask(4));
        Assert.Equal("PD4002", refusal.Code);
        Assert.Contains("`--gpus 4` asks for 4 GPUs, and workstation has 2", refusal.Message);
    }

    [Fact]
    public void A_gpu_that_is_not_there_is_refused() =>
        Assert.Contains("names GPU 7, and workstation has GPUs 0, 1", Refusal(Small(), Gpus(2), Ask(indices: [0, 7])).Message);

    [Fact]
    public void A_degree_and_a_stated_count_must_agree()
    {
        var refusal = Refusal(Small(degree: 4), Laptop, Ask(2));
        Assert.Equal("PD4004", refusal.Code);
        Assert.Contains("`data 4` needs 4 ranks, `--gpus 2` gives 2", refusal.Message);
    }

    [Fact]
    public void A_degree_beyond_the_gpus_there_are_is_refused() =>
        Assert.Contains("`data 8` needs 8 ranks, and workstation has 2 GPUs", Refusal(Small(degree: 8), Gpus(2)).Message);

    [Fact]
    public void Virtual_devices_have_a_limit() =>
        Assert.Equal("PD4006", Refusal(Small(degree: 5_000_000_000), Laptop).Code);
}
