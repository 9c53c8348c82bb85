using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Tests.Costs;
using ParDsl.Diagnostics;
using ParDsl.Goldens;
using ParDsl.Printing;
using ParDsl.Source;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>
/// The screens of mistakes that depend on a machine, or that no file can cause: their folders hold no <c>input.pd</c>, and
/// the machine is described here.
/// </summary>
public sealed class PlanScreenTests
{
    private const string Text = "model { linear 4 }\nparallel { data 8 }\n";
    private const string AutoText = "model { linear 4 }\nparallel auto\n";
    private static readonly SourceSpan Auto = new(new SourceFile("input.pd", AutoText), AutoText.IndexOf("parallel", StringComparison.Ordinal), 13);
    private static readonly SourceSpan Degree = new(new SourceFile("input.pd", Text), Text.IndexOf("data 8", StringComparison.Ordinal), 6);

    [Fact]
    public void Fewer_gpus_than_asked_for() => Check("PD4002", Refusal(Placed(8), Gpus(2), Ask(8)));

    [Fact]
    public void A_gpu_that_is_not_there() => Check("PD4003", Refusal(Placed(8), Gpus(2), Ask(indices: [0, 7])));

    [Fact]
    public void A_degree_beyond_the_gpus() => Check("PD4007", Refusal(Placed(8), Gpus(2)));

    [Fact]
    public void A_model_beyond_a_devices_memory() => Check("PD4008", Refusal(Placed(8), Gpus(8, memoryBytes: 3072)));

    /// <summary>A statement alone is no block, so where none stands a whole one is advised.</summary>
    [Fact]
    public void A_model_beyond_a_devices_memory_without_a_block() =>
        Check("PD4008", Refusal(Automatic(batch: 32), Gpus(8, memoryBytes: 3072)), "PD4008-auto");

    [Fact]
    public void Devices_that_no_layout_shares() =>
        Check("PD4040", Refusal(Automatic(batch: 32), Speeds.Gpus(7, Speeds.Of()), Ask(7)));

    [Fact]
    public void A_model_that_fits_in_no_layout() =>
        Check("PD4041", Refusal(Automatic(batch: 32), Gpus(2, memoryBytes: 512) with { Performance = Speeds.Of() }));

    [Fact]
    public void A_job_with_other_processes_than_gpus_asked_for() =>
        Check("PD4054", Refusal(Placed(8), HardwareSet.Job([.. Processes("a", 4), .. Processes("b", 3)], hasNccl: false), Ask(4)));

    [Fact]
    public void A_job_with_gpus_on_some_machines_only() =>
        Check("PD4056", Refusal(Placed(8), HardwareSet.Job([.. Processes("a", 4, Gpus(4)), .. Processes("b", 4)], hasNccl: false)));

    [Fact]
    public void A_plan_that_contradicts_itself()
    {
        var plan = Plan(Placed(8), Laptop);
        var finding = Assert.Single(PlanChecker.Check(plan with { Batch = plan.Batch with { GlobalBatch = 64 } }));
        Check("PD4050", finding);
    }

    private static Checked.CheckedProgram Placed(long degree)
    {
        var program = Small(degree);
        return program with { Parallel = program.Parallel with { Span = Degree } };
    }

    private static Checked.CheckedProgram Automatic(long batch) =>
        Small(batch: batch, isAuto: true) with { Parallel = Checked.ParallelRequest.Auto(Auto) };

    private static IEnumerable<ProcessDevice> Processes(string host, int count, HardwareDescription? gpus = null) => Enumerable
        .Range(0, count)
        .Select(place => new ProcessDevice(host, gpus?.Gpus[place], 8, 16L << 30));

    private static void Check(string code, Diagnostic diagnostic, string? folder = null)
    {
        Assert.Equal(code, diagnostic.Code);
        Golden.Check($"diagnostics/{folder ?? code}/screen.txt", DiagnosticScreen.print([diagnostic]));
    }
}
