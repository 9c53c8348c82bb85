using ParDsl.Compiler.Printing.Pages.Runs;
using ParDsl.Runtime.Reporting;
using ParDsl.Runtime.Tests.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Reporting;

public sealed class MetricsCurvesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_become_curves_with_the_loss_first_and_speed_last()
    {
        File.WriteAllText(
            folder["metrics.jsonl"],
            """
            {"step":1,"epoch":1,"loss":1.5,"learning_rate":0.001,"samples_per_second":100,"accuracy":0.5}
            {"step":2,"epoch":1,"loss":null,"learning_rate":0.001,"samples_per_second":100,"accuracy":0.5,"train":{"accuracy":0.5,"loss":2},"validation":{"accuracy":0.5,"loss":3}}
            {"step":3,"epo
            {"step":4,"epoch":2,"loss":0.5,"learning_rate":0.001,"samples_per_second":100,"accuracy":0.5}

            """);
        var curves = MetricsCurves.Read(folder["metrics.jsonl"]);
        Assert.Equal(["loss", "accuracy", "learning rate", "samples per second"], curves.Select(curve => curve.Title));
        Assert.Equal([CurveKind.Updates, CurveKind.Training, CurveKind.Validation], curves[0].Lines.Select(line => line.Kind));
        Assert.Equal([new CurvePoint(1, 1.5), new CurvePoint(4, 0.5)], curves[0].Lines[0].Points);
        Assert.Equal([new CurvePoint(2, 3)], curves[0].Lines[2].Points);
    }

    [Fact]
    public void A_long_file_keeps_every_epoch_and_some_updates()
    {
        const int Lines = 120_000;
        File.WriteAllLines(
            folder["metrics.jsonl"],
            Enumerable.Range(1, Lines).Select(step =>
                $"{{\"step\":{step},\"epoch\":1,\"loss\":1.5,\"samples_per_second\":100{(step % 1001 == 0 ? ",\"train\":{\"loss\":2}" : "")}}}"));
        var loss = MetricsCurves.Read(folder["metrics.jsonl"])[0];
        Assert.InRange(loss.Lines[0].Points.Length, Lines / 10, Lines * 2 / 3);
        Assert.Equal(Lines / 1001, loss.Lines[1].Points.Length);
    }
}
