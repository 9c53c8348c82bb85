using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Jobs;
using ParDsl.Runtime.Tests.Calibration;
using Xunit;

namespace ParDsl.Runtime.Tests.Jobs;

/// <summary>Processes join a job when they are alike, and all hear the same words when they are not.</summary>
public sealed class JobTests
{
    [Fact]
    public void Processes_of_one_build_join_and_know_each_other()
    {
        var jobs = Together(2, processes => Job.Join(processes, "an engine 1.0"));
        Assert.All(jobs, job => Assert.Equal([0, 1], job.Members.Select(member => member.Rank)));
        Assert.Equal([true, false], jobs.Select(job => job.IsFirst));
        var devices = jobs[1].Hardware().JobDevices;
        Assert.Equal(2, devices.Length);
        Assert.All(devices, device => Assert.Equal(Math.Max(1, Environment.ProcessorCount / 2), device.Threads));
    }

    [Fact]
    public void Another_library_on_one_of_them_is_told_to_all()
    {
        var failures = Together(2, processes =>
            Assert.Throws<RunFailedException>(() => Job.Join(processes, $"Open MPI v4.1.{processes.Rank}")));
        Assert.All(failures, failure => Assert.Equal("PD5385", failure.Diagnostic.Code));
        Assert.Single(failures.Select(failure => failure.Diagnostic.Message).Distinct());
        Assert.Contains("the engine is Open MPI v4.1.0 on rank 0", failures[0].Diagnostic.Message);
    }

    [Fact]
    public void Another_build_on_one_of_them_is_told_to_all()
    {
        var failures = Together(2, processes => Assert.Throws<RunFailedException>(() => Job.RequireAlike(
            [.. Enumerable.Range(0, 2).Select(rank => Report(rank, build: $"build {rank}"))])));
        Assert.All(failures, failure => Assert.Equal("PD5385", failure.Diagnostic.Code));
    }

    [Fact]
    public void Another_plan_on_one_of_them_is_told_to_all()
    {
        var failures = Together(3, processes =>
        {
            var job = Job.Join(processes, "an engine");
            return Assert.Throws<RunFailedException>(() => job.RequireSamePlan(processes.Rank == 2 ? "b" : "a"));
        });
        Assert.All(failures, failure => Assert.Equal("PD5386", failure.Diagnostic.Code));
        Assert.All(failures, failure => Assert.Contains("rank 2 on host", failure.Diagnostic.Message));
    }

    [Fact]
    public void What_stands_in_the_way_of_others_is_said_with_names()
    {
        JobMember first = new(0, "a", 1), second = new(1, "b", 2);
        Assert.Equal("PD5383", JobErrors.CannotReachFirst([second], first, ["10.0.0.1"], 29400).Code);
        Assert.Contains("rank 3 on host c was started", JobErrors.NoGpuForTorch(3, "c").Message);
        Assert.Equal("PD5387", JobErrors.NoGpuForTorch(3, "c").Code);
        Assert.Contains("started this script 4 times", JobErrors.ScriptInJob(4).Message);
        Assert.Equal("PD5389", JobErrors.ScriptInJob(4).Code);
        Assert.Equal("PD5382", JobErrors.Silent(second, "the optimizer's step", TimeSpan.FromSeconds(30)).Code);
    }

    [Fact]
    public void Settings_are_what_the_environment_says_or_the_usual_ones()
    {
        var usual = JobSettings.Read(new Dictionary<string, string>());
        Assert.Equal(new JobSettings(0, TimeSpan.FromSeconds(30), new StallLimit(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 20)), usual);
        var variables = new Dictionary<string, string> { ["PARDSL_WATCH_PORT"] = "29400", ["PARDSL_HANG_LIMIT"] = "2.5" };
        var stall = new StallLimit(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(25), 20);
        Assert.Equal(new JobSettings(29400, TimeSpan.FromSeconds(2.5), stall), JobSettings.Read(variables));
        variables["PARDSL_STALL_LIMIT"] = "90";
        var given = new StallLimit(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90), 0);
        Assert.Equal(new JobSettings(29400, TimeSpan.FromSeconds(2.5), given), JobSettings.Read(variables));
    }

    [Theory]
    [InlineData("PARDSL_WATCH_PORT", "x")]
    [InlineData("PARDSL_WATCH_PORT", "65536")]
    [InlineData("PARDSL_WATCH_PORT", "0")]
    [InlineData("PARDSL_HANG_LIMIT", "2min")]
    [InlineData("PARDSL_HANG_LIMIT", "1")]
    [InlineData("PARDSL_HANG_LIMIT", "NaN")]
    [InlineData("PARDSL_STALL_LIMIT", "an hour")]
    public void A_setting_that_means_nothing_is_refused(string name, string text)
    {
        var failure = Assert.Throws<RunFailedException>(() => JobSettings.Read(new Dictionary<string, string> { [name] = text }));
        Assert.Equal("PD5388", failure.Diagnostic.Code);
        Assert.Contains($"{name} is `{text}`", failure.Diagnostic.Message);
    }

    [Fact]
    public void A_job_is_as_fast_as_its_first_machine_where_the_others_are_like_it()
    {
        Assert.Equal("calibrated on 2026-02-03", JobPerformance.Of([Measured(0, "a"), Measured(1, "a")])!.Origin);
        Assert.Equal(
            "calibrated on 2026-02-03 on a, with 8 Gbit/s and 30 us assumed between machines",
            JobPerformance.Of([Measured(0, "a"), Measured(1, "b")])!.Origin);
    }

    [Fact]
    public void No_time_is_known_of_a_job_whose_machines_differ_or_whose_first_one_was_not_measured()
    {
        Assert.Null(JobPerformance.Of([Measured(0, "a"), Measured(1, "b", cores: 64)]));
        Assert.Null(JobPerformance.Of([Measured(0, "a") with { Calibration = "" }, Measured(1, "a")]));
    }

    /// <summary>Of processes that a launcher started: all have the figures that the first one sends.</summary>
    [Fact]
    public void Reports_carry_the_first_ones_calibration_to_all()
    {
        var all = Together(2, processes => processes.GatherValues(Measured(processes.Rank, "a") with { Calibration = processes.Rank == 0 ? Kept : "" }));
        Assert.All(all, reports => Assert.NotNull(JobPerformance.Of([.. reports])));
    }

    [Fact]
    public void Of_gpus_that_were_not_measured_a_job_has_the_data_sheet()
    {
        DeviceDescription Gpu(int index) => new(DeviceKind.Cuda, index, "NVIDIA L4", 16L << 30, 1);
        ImmutableArray<ProcessReport> reports = [.. Enumerable.Range(0, 2).Select(rank => Measured(rank, "a") with { Gpus = [Gpu(0), Gpu(1)] })];
        var processes = ThreadRendezvous.Create(1)[0];
        Assert.Equal("calibrated on 2026-02-03", new Job(processes, reports).Hardware().Performance!.Origin);
        var unmeasured = new Job(processes, reports.SetItem(0, reports[0] with { Calibration = "" }));
        Assert.Equal("l4, by its data sheet", unmeasured.Hardware().Performance!.Origin);
    }

    [Fact]
    public void Reports_carry_gpus_to_all()
    {
        var gpu = Figures.Machine.Gpus[0];
        var all = Together(2, processes => processes.GatherValues(Report(processes.Rank, "build") with { Gpus = [gpu] }));
        Assert.All(all, reports => Assert.All(reports, report => Assert.Equal(gpu, Assert.Single(report.Gpus))));
    }

    private static readonly string Kept =
        CalibrationText.Write(Figures.Calibration() with { Date = new DateOnly(2026, 2, 3) });

    private static ProcessReport Measured(int rank, string host, int cores = 2) => Report(rank, "build") with
    {
        Member = new JobMember(rank, host, rank),
        Machine = new MachineFingerprint("a processor", cores, 1 << 30, []),
        Calibration = Kept,
    };

    private static ProcessReport Report(int rank, string build) => new(
        new JobMember(rank, $"h{rank}", rank), build, ImmutableSortedDictionary<string, string>.Empty, 2, 1 << 30, [], HasNccl: false);

    private static T[] Together<T>(int size, Func<ThreadRendezvous, T> program)
    {
        var tasks = ThreadRendezvous.Create(size).Select(processes => Task.Run(() => program(processes))).ToArray();
        Task.WaitAll(tasks);
        return [.. tasks.Select(task => task.Result)];
    }
}
