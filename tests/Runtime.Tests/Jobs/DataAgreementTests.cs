using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Jobs;
using Xunit;

namespace ParDsl.Runtime.Tests.Jobs;

/// <summary>Two processes, here threads, that have read data each on its own.</summary>
public sealed class DataAgreementTests
{
    [Fact]
    public void The_same_data_is_agreed_on() => Assert.All(Meet(Data(100), Data(100)), Assert.Null);

    [Fact]
    public void Another_number_of_samples_is_told_to_both() => Assert.All(
        Meet(Data(100), Data(99)), failure => AssertTold(failure, "have read different data: 100 samples, and 99"));

    [Fact]
    public void One_other_number_is_told_to_both() => Assert.All(
        Meet(Data(100), Data(100, change: 77)), failure => AssertTold(failure, "100 samples each, and not the same ones"));

    [Fact]
    public void One_other_label_is_told_to_both() => Assert.All(
        Meet(Data(100), Data(100, label: 1)), failure => AssertTold(failure, "100 samples each, and not the same ones"));

    private static void AssertTold(Exception? failure, string words)
    {
        var told = Assert.IsType<RunFailedException>(failure).Diagnostic;
        Assert.Equal("PD5386", told.Code);
        Assert.Contains(words, told.Message, StringComparison.Ordinal);
    }

    private static Exception?[] Meet(LoadedDataset first, LoadedDataset second)
    {
        var failures = new Exception?[2];
        var threads = ThreadRendezvous.Create(2).Select(processes => new Thread(() => failures[processes.Rank] =
            Record.Exception(() => DataAgreement.Require(processes, processes.Rank == 0 ? first : second)))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(60))));
        return failures;
    }

    /// <param name="change">The sample whose second number is another one.</param>
    /// <param name="label">The last sample's class.</param>
    private static LoadedDataset Data(int count, int change = -1, int label = 0)
    {
        double[] numbers = [.. Enumerable.Range(0, count).SelectMany(row => (double[])[row, row == change ? 0.5 : 0.25])];
        long[] labels = [.. Enumerable.Range(0, count).Select(row => row == count - 1 ? label : 0L)];
        var table = new SampleTable(new DoubleMatrix(numbers, count, 2), new SampleTargets.Classes(labels));
        var format = new SampleFormat(Shape.Of(2), 1, 0, new CheckedTarget.Class(2));
        return new LoadedDataset(new DatasetPart(table, [.. Enumerable.Range(0, count)], format), null, null);
    }
}
