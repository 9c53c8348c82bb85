using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Launching;
using ParDsl.Runtime.Tests.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Launching;

public sealed class LaunchEnvironmentTests
{
    [Fact]
    public void What_starts_no_other_process_refuses_several_machines()
    {
        var plan = Specs.Plan("source synthetic 8; input [2]; target [1]", "linear 1", "loss mse; optimizer sgd 0.1; batch 8", 1, 8);
        LaunchEnvironment.DemandOneMachine(plan);
        var elsewhere = plan with { Hardware = HardwareSet.Alike(plan.Hardware, 2) };
        var failure = Assert.Throws<RunFailedException>(() => LaunchEnvironment.DemandOneMachine(elsewhere));
        Assert.Equal("PD5370", failure.Diagnostic.Code);
        Assert.Contains("2 machines", failure.Diagnostic.Message, StringComparison.Ordinal);
    }
}
