using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Printing;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Every example's checked program is a golden.</summary>
public sealed class ExampleTests
{
    private static readonly DatasetDescription Digits = new(Shape.Of(64), 1, 1797, 0);
    private static readonly DatasetDescription Fashion = new(Shape.Of(28, 28), 1, 60000, 10000);
    private static readonly DatasetDescription Genesis = new(Shape.Of(64), 64, 5723, 0) { Vocabulary = 62 };
    private static readonly DatasetDescription Synthetic = new(Shape.Of(10), 2, 320, 0);

    [Fact]
    public void Digits_are_checked() => CheckGolden("01-digits/digits.pd", "01-digits", Digits);

    [Fact]
    public void The_mended_article_is_checked() => CheckGolden("02-article/fixed.pd", "02-article", Synthetic);

    [Fact]
    public void Fashion_is_checked() => CheckGolden("03-fashion/conv.pd", "03-fashion", Fashion);

    [Fact]
    public void Four_devices_are_checked() => CheckGolden("04-four-devices/conv.pd", "04-four-devices", Fashion);

    [Fact]
    public void The_residual_network_is_checked() => CheckGolden("05-residual/residual.pd", "05-residual", Fashion);

    [Fact]
    public void The_gpt_is_checked() => CheckGolden("06-gpt/gpt.pd", "06-gpt", Genesis);

    [Fact]
    public void The_article_itself_is_refused()
    {
        var found = Spec.Only(Spec.Check(Read("02-article/article.pd")));
        Assert.Equal(("PD3004", "fc2: linear 2"), (found.Code, found.Span.Text));
    }

    [Fact]
    public void A_program_with_every_kind_of_line_is_printed() => Golden.Check(
        "checked/everything.txt",
        CheckedProgramPrinter.Print(Spec.Right(
            Spec.Of(
                data: "source csv \"a.csv\" header=false delimiter=\";\"; input [1, 4, 4] columns=[\"0..15\"] shift=-0.5; target [3]; validation 0.5",
                model: "residual { conv2d 1 padding=1 kernel=[3, 3]; batch_norm; gelu approximate=tanh }; flatten; repeat 2 { fc: linear 3; layer_norm }",
                train: "loss l1; optimizer sgd 0.1; schedule step every=5; steps 3; clip 1; accumulate 2; batch 8; precision float64; metric mean_absolute_error"),
            new DatasetDescription(Shape.Of(16), 3, null, 0))));

    private static void CheckGolden(string path, string folder, DatasetDescription description) =>
        Golden.Check($"examples/{folder}/checked.txt", CheckedProgramPrinter.Print(Spec.Right(Read(path), description, path)));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Golden.Root, "examples", path));
}
