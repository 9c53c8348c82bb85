using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class SyntheticTests : IDisposable
{
    private static readonly CheckedTarget TwoValues = new CheckedTarget.Values(Shape.Of(2));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Inputs_are_standard_normal()
    {
        var numbers = Inputs(Read(TwoValues, 2_000)).SelectMany(row => row).ToList();
        Assert.Equal(20_000, numbers.Count);
        Assert.InRange(numbers.Average(), -0.03, 0.03);
        Assert.InRange(numbers.Average(number => number * number), 0.95, 1.05);
    }

    [Fact]
    public void The_same_seed_gives_the_same_samples_and_another_others()
    {
        Assert.Equal(Inputs(Read(TwoValues, 50)), Inputs(Read(TwoValues, 50)));
        Assert.NotEqual(Inputs(Read(TwoValues, 50)), Inputs(Read(TwoValues, 50, seed: 1)));
    }

    [Fact]
    public void A_sample_does_not_depend_on_how_many_there_are() =>
        Assert.Equal(Inputs(Read(TwoValues, 10)), Inputs(Read(TwoValues, 50)).Take(10));

    [Fact]
    public void Values_vary_with_the_inputs()
    {
        var values = Assert.IsType<SampleTargets.Values>(Read(TwoValues, 500).Training.Table.Targets).Numbers;
        var row = new double[2];
        var first = new List<double>();
        for (var sample = 0; sample < values.RowCount; sample++)
        {
            values.CopyRow(sample, row, 1, 0);
            first.Add(row[0]);
        }

        Assert.True(first.Max() - first.Min() > 0.5);
    }

    [Fact]
    public void Classes_are_all_in_range_and_not_all_the_same()
    {
        var labels = Assert.IsType<SampleTargets.Classes>(Read(new CheckedTarget.Class(3), 500).Training.Table.Targets).Labels;
        Assert.All(labels, label => Assert.InRange(label, 0, 2));
        Assert.True(labels.Distinct().Count() > 1);
    }

    [Fact]
    public void More_than_memory_can_hold_is_refused()
    {
        var request = DataRequests.Synthetic(folder, Shape.Of(long.MaxValue, long.MaxValue), TwoValues, int.MaxValue);
        Assert.Equal("PD5013", Assert.Single(DatasetProbe.Describe(request).Diagnostics).Code);
    }

    private LoadedDataset Read(CheckedTarget target, long count, long seed = 0)
    {
        var request = DataRequests.Synthetic(folder, Shape.Of(10), target, count, seed);
        return DatasetReader.Read(DataRequests.Checked(request, Shape.Of(10)), DataRequests.Training());
    }

    private static List<double[]> Inputs(LoadedDataset data)
    {
        var rows = new List<double[]>();
        for (var sample = 0; sample < data.Training.Count; sample++)
        {
            var row = new double[data.Training.Table.Inputs.Width];
            data.Training.Table.Inputs.CopyRow(sample, row, 1, 0);
            rows.Add(row);
        }

        return rows;
    }
}
