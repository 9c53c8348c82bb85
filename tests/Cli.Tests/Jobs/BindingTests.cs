using System.Globalization;
using ParDsl.Runtime.Hardware;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// Launchers bind processes to cores, each in its own way. Together the processes of a machine have what they have: their
/// threads are shares of that, and a calibration is trusted where it is what was measured.
/// </summary>
[Collection(Training.Collection)]
public sealed class BindingTests : IDisposable
{
    private static readonly int Cores = Environment.ProcessorCount;

    private readonly Scratch scratch = new();

    public static TheoryData<string, string[]> Unbound => new()
    {
        { Launcher.OpenMpi, ["--bind-to", "none"] },
        { Launcher.Mpich, [] },
    };

    public void Dispose() => scratch.Dispose();

    [Theory]
    [MemberData(nameof(Unbound))]
    public void Processes_that_are_not_bound_share_all_cores(string launcher, string[] binding)
    {
        var result = Run(launcher, [], 2, binding);
        Assert.DoesNotContain("PD5402", result.Error, StringComparison.Ordinal);
        Assert.Contains(Threads(2, Math.Max(1, Cores / 2)), result.Error, StringComparison.Ordinal);
        Assert.Contains("calibrated on", Plan(), StringComparison.Ordinal);
    }

    /// <summary>What Open MPI does by itself with two processes. They have one core each, and both cores together.</summary>
    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich, "-bind-to", "core")]
    public void Two_processes_that_are_bound_to_a_core_each_have_a_machine_of_two_cores(string launcher, params string[] binding)
    {
        if (Cores != 2)
            Assert.Skip("this machine has not two cores");
        var result = Run(launcher, [], 2, binding);
        Assert.DoesNotContain("PD5402", result.Error, StringComparison.Ordinal);
        Assert.Contains(Threads(2, 1), result.Error, StringComparison.Ordinal);
        Assert.Contains("calibrated on", Plan(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Unbound))]
    public void Fewer_cores_than_were_measured_are_another_machine(string launcher, string[] binding)
    {
        Demand(2);
        var result = Run(launcher, ["taskset", "-c", FirstCore()], 2, binding);
        Assert.Contains(NotTrusted, Assert.Single(Warnings(result)), StringComparison.Ordinal);
        Assert.Contains(Threads(2, 1), result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("calibrated on", Plan(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_process_that_a_launcher_binds_has_the_core_that_is_left_to_it()
    {
        Demand(2);
        var bound = Run(Launcher.OpenMpi, [], 1, ["--bind-to", "core"]);
        Assert.Contains(Threads(1, 1), bound.Error, StringComparison.Ordinal);
        Assert.Contains(NotTrusted, Assert.Single(Warnings(bound)), StringComparison.Ordinal);
        var free = Run(Launcher.OpenMpi, [], 1, ["--bind-to", "none"]);
        Assert.Contains(Threads(1, Cores), free.Error, StringComparison.Ordinal);
        Assert.Empty(Warnings(free));
    }

    private static string NotTrusted => string.Create(CultureInfo.InvariantCulture, $"measured on {Cores} cores and 1 may be used here");

    private static string FirstCore() => CoreNumbers.Of(CoreNumbers.Own())[0].ToString(CultureInfo.InvariantCulture);

    private static void Demand(int cores)
    {
        if (Cores < cores)
            Assert.Skip("this machine has one core");
    }

    private static string Threads(int ranks, int threads) => string.Create(
        CultureInfo.InvariantCulture,
        $"on {ranks} virtual CPU device{(ranks == 1 ? "" : "s")}, {threads} thread{(threads == 1 ? "" : "s")} each");

    private static IEnumerable<string> Warnings(ProgramResult result) =>
        result.Error.Split('\n').Where(line => line.StartsWith("warning PD5402: ", StringComparison.Ordinal));

    private string Plan() => File.ReadAllText(scratch.At("out/plan.txt"));

    private ProgramResult Run(string launcher, string[] under, int ranks, string[] binding)
    {
        scratch.Write("a.pd", Specs.Synthetic("steps 2", parallel: string.Create(CultureInfo.InvariantCulture, $"parallel {{ data {ranks} }}")));
        KeptCalibration.Write(scratch.At(Launcher.CalibrationFile));
        if (Directory.Exists(scratch.At("out")))
            Directory.Delete(scratch.At("out"), recursive: true);
        var result = Launcher.RunAsCalled(
            launcher, scratch.Folder, under,
            ["-n", ranks.ToString(CultureInfo.InvariantCulture), .. binding, Pardsl.Program, "run", "a.pd", "--out", "out"]);
        Assert.True(result.Exit == 0, result.ToString());
        return result;
    }
}
