using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Tests.Planning;
using Xunit;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>Programs whose predictions can be worked out by hand, and what holds of each prediction.</summary>
internal static class PredictedPrograms
{
    public static readonly (string, long?)[] Linears =
        [("linear", 512L), ("linear", 512L), ("linear", 512L), ("linear", 512L), ("linear", 512L)];

    /// <summary>Where <see cref="Linears"/> are cut for two or four stages.</summary>
    public static IEnumerable<string> Cuts(int stages) => stages == 4 ? ["2", "3", "4"] : ["3"];

    public static StepPrediction Predict(CheckedProgram program, int gpus, HardwarePerformance performance) =>
        Programs.Plan(program, Speeds.Gpus(gpus, performance)).Prediction!;

    /// <summary>An action of a rank begins when the one before has ended, and takes time.</summary>
    public static void InOrder(RankPrediction rank)
    {
        var own = rank.Actions.Where(action => !action.IsBackground).ToArray();
        Assert.All(own.Zip(own.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start + 1e-15));
        Assert.All(own, action => Assert.True(action.End > action.Start));
    }
}
