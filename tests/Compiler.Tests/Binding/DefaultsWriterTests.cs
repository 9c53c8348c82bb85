using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Printing;
using ParDsl.Compiler.Tests.Checking;
using ParDsl.Goldens;
using ParDsl.Overrides;
using ParDsl.Printing;
using ParDsl.Syntax;
using Xunit;

namespace ParDsl.Compiler.Tests.Binding;

/// <summary>
/// A program with its defaults written out is a spec that checks as the first one does, without a new warning, and writing
/// its defaults again changes nothing.
/// </summary>
public sealed class DefaultsWriterTests
{
    private const string Here = "/here";
    private const string SpecPath = "specs/spec.pd";

    private static readonly DatasetDescription Digits = new(Shape.Of(64), 1, 1797, 0);
    private static readonly DatasetDescription Fashion = new(Shape.Of(28, 28), 1, 60000, 10000);

    [Theory]
    [InlineData("examples/01-digits/digits.pd")]
    [InlineData("examples/02-article/fixed.pd")]
    [InlineData("examples/03-fashion/conv.pd")]
    [InlineData("examples/04-four-devices/conv.pd")]
    [InlineData("examples/05-residual/residual.pd")]
    [InlineData("tests/Goldens/layers/every.pd")]
    [InlineData("tests/Goldens/layers/sequence.pd")]
    [InlineData("examples/06-gpt/gpt.pd")]
    public void A_file_means_the_same_with_its_defaults(string path)
    {
        var text = File.ReadAllText(Path.Combine(Golden.Root, path));
        Keeps(text, path.Contains("digits", StringComparison.Ordinal) ? Digits : Spec.Describe(text) ?? Fashion);
    }

    [Theory]
    [InlineData("residual { linear 10; gelu }; repeat 2 { linear 10; layer_norm; dropout }; linear 5", "sgd 0.1; schedule linear; epochs 4")]
    [InlineData("fc: linear 5 bias=false", "sgd lr=0.1 momentum=0.9; schedule step every=5 warmup=1 epochs; steps 30")]
    [InlineData("repeat 2 { residual { repeat 2 { linear 10; tanh } } }; linear 5; batch_norm", "adam; clip 0.5; schedule cosine; shuffle false")]
    [InlineData("enc: linear 8; concat enc; branches multiply { branch { linear 5 } branch { linear 5; sigmoid } }; branches concat { a: branch { tanh } branch { } }; linear 5", "sgd 0.1")]
    [InlineData("residual projection=true { sequential { linear 6; enc: relu; add enc } }; linear 5", "sgd 0.1")]
    [InlineData("linear 5", "adam; checkpoint")]
    [InlineData("linear 5", "adam; batch auto; accumulate 2")]
    [InlineData("linear 5", "adam; checkpoint every=0.5 h keep=1")]
    [InlineData("linear 5", "adam; checkpoint every=1 epoch")]
    [InlineData("linear 5; sigmoid", "adamw 2e-3; clip none; precision float64; accumulate 4; metric mean_absolute_error")]
    public void Any_block_means_the_same_with_its_defaults(string model, string train) =>
        Keeps(Spec.Of(model: model, train: $"loss mse; optimizer {train}"));

    [Theory]
    [InlineData("source csv \"a.csv\"; target [3]")]
    [InlineData("source csv \"a.csv\" header=false delimiter=\";\"; input columns=[\"0..15\"] shift=-0.5; target columns=[16, \"b\", \"c\"]; validation 10%")]
    [InlineData("source csv path=\"../a.csv\"; input []; target [3] columns=[\"16..18\"]; validation 0.25")]
    public void Columns_mean_the_same_with_their_defaults(string data) =>
        Keeps(Spec.Of(data: data, model: "linear 3", train: "loss l1; optimizer adam"), new DatasetDescription(Shape.Of(16), 3, 500, 0));

    [Theory]
    [InlineData("def block(width) { linear width; relu }", "block 8; b: block width=5")]
    [InlineData("let size = 5\ndef block(width, rate=(size / 10)) { linear width; dropout rate }\ndef two(size) { block size; residual { block size 0.25; enc: linear size; concat enc; linear size } }", "two 8; linear size")]
    public void Definitions_mean_the_same_with_the_defaults_of_their_layers(string top, string model)
    {
        var whole = Keeps(Spec.Of(top, model: model, train: "loss mse; optimizer adam"));
        Assert.Contains("linear width bias=true", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_in_a_use_of_a_definition_stands_where_the_spec_said_otherwise()
    {
        var text = Spec.Of("def block(width, rate=0.5) { linear width; dropout rate }", model: "block 8 rate=0.25; linear 5");
        var changed = Overrides.Overrides.apply(Spec.Parse(text, SpecPath), ["model.block.width=4", "model.block.rate=0.75"]);
        Assert.Contains("block 4 rate=0.75", Keeps(changed.Program, Spec.Describe(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Imports_leave_what_is_used_of_them_and_nothing_else()
    {
        var files = new Dictionary<string, string>
        {
            ["specs/blocks.pd"] = "import \"sizes.pd\"\ndef block(width) { linear width; half (2 * size) }\ndef half(size) { linear size }\ndef rest() { relu }\n",
            ["specs/sizes.pd"] = "# sizes\nlet size = 4\nlet other = (2 * size)\n",
        };
        var text = Spec.Of("# these\nimport \"blocks.pd\" # and those", model: "block 8; linear 5");
        var program = Spec.WithImports(Spec.Parse(text, SpecPath), files);
        var whole = Keeps(program, new DatasetDescription(Shape.Of(10), 5, 320, 0));
        Assert.StartsWith("# these\n# and those\n# sizes\nlet size = 4\n", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("other", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("rest", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("import", whole, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("let batch = 16", "batch batch", "parallel { data 2 }")]
    [InlineData("let rate = (1 / 64)", "batch 64", "parallel { data }")]
    [InlineData("let rate = 0.5", "batch 64", "parallel auto # all there is")]
    public void Lets_and_the_layout_stay_as_written(string let, string batch, string parallel)
    {
        var model = let.Contains("rate", StringComparison.Ordinal) ? "dropout rate; linear 5" : "linear 5";
        var whole = Keeps(Spec.Of(let, model: model, train: $"loss mse; optimizer adam; {batch}", parallel: parallel));
        Assert.Contains(let, whole, StringComparison.Ordinal);
        Assert.EndsWith(parallel + "\n", whole, StringComparison.Ordinal);
    }

    /// <summary>Another machine would find another number.</summary>
    [Theory]
    [InlineData("batch auto")]
    [InlineData("batch samples=auto")]
    public void A_batch_that_was_found_is_written_as_its_number(string batch)
    {
        var text = Spec.Of(model: "linear 5", train: $"loss mse; optimizer adam; {batch} # the planner's\n");
        var (program, value) = (Spec.Parse(text, SpecPath), Spec.Right(text));
        var found = value with { Training = value.Training with { GlobalBatch = 48 } };
        var whole = SyntaxPrinter.print(DefaultsWriter.WithDefaults(program, found, Here));
        Assert.Contains("batch 48 # the planner's\n", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("auto #", whole, StringComparison.Ordinal);
    }

    /// <summary>What <c>--set</c> says of a batch speaks over the spec, whichever of the two is <c>auto</c>.</summary>
    [Theory]
    [InlineData("auto", "train.batch=16", 16)]
    [InlineData("auto", "train.batch.samples=16", 16)]
    [InlineData("32", "train.batch=auto", 0)]
    [InlineData("samples=32", "train.batch=auto", 0)]
    public void A_batch_that_is_set_speaks_over_the_specs(string written, string set, long batch)
    {
        var text = Spec.Of(model: "linear 5", train: $"loss mse; optimizer adam; batch {written}");
        var changed = Overrides.Overrides.apply(Spec.Parse(text, SpecPath), [set]);
        Assert.Empty(changed.Diagnostics);
        var result = Compiler.Checking.Checker.Check(changed.Program, Spec.Describe(text));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(batch, result.Value!.Training.GlobalBatch);
    }

    [Theory]
    [InlineData("train.optimizer.lr=1e-2")]
    [InlineData("train.optimizer=sgd")]
    [InlineData("train.batch=16")]
    [InlineData("train.batch.samples=16")]
    [InlineData("train.clip.norm=2")]
    [InlineData("train.seed=3", "train.schedule=cosine", "train.schedule.warmup=4")]
    [InlineData("model.fc.outputs=5", "model.fc.bias=false")]
    [InlineData("data.source.count=640", "data.validation.fraction=0.5")]
    [InlineData("parallel.data.degree=2")]
    [InlineData("parallel.data=3")]
    public void What_is_set_stands_where_the_spec_said_otherwise(params string[] overrides)
    {
        var text = Spec.Of(
            data: Spec.Data + "; validation 10%",
            model: "fc: linear 5",
            train: "loss mse; optimizer adamw 1e-3; batch 32; clip none",
            parallel: "parallel { data 4 }");
        var changed = Overrides.Overrides.apply(Spec.Parse(text, SpecPath), overrides);
        Assert.Empty(changed.Diagnostics);
        Keeps(changed.Program, Spec.Describe(text));
    }

    [Theory]
    [InlineData("", "\"a.csv\"", "/here/specs/a.csv")]
    [InlineData("", "\"../data/a.csv\"", "/here/data/a.csv")]
    [InlineData("", "\"/else/a.csv\"", "/else/a.csv")]
    [InlineData("let name = \"a.csv\"", "name", "/here/specs/a.csv")]
    [InlineData("let first = \"a.csv\"\nlet name = first", "name", "/here/specs/a.csv")]
    public void A_path_becomes_a_full_one(string lets, string path, string full)
    {
        var whole = Keeps(
            Spec.Of(lets, $"source csv {path}; target class 3", "linear 3", "loss cross_entropy; optimizer adam"),
            new DatasetDescription(Shape.Of(4), 1, 100, 0));
        Assert.Contains($"\"{full}\"", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_set_starts_where_the_readers_look_for_it()
    {
        var text = Spec.Of(data: "source csv \"a.csv\"; target class 3", model: "linear 3", train: "loss cross_entropy; optimizer adam");
        var changed = Overrides.Overrides.apply(Spec.Parse(text, SpecPath), ["data.source.path=\"b.csv\""]).Program;
        Assert.Contains("\"/here/specs/b.csv\"", Keeps(changed, new DatasetDescription(Shape.Of(4), 1, 100, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_let_with_a_second_use_keeps_its_text()
    {
        var whole = Keeps(
            Spec.Of("let price = \"price\"", "source csv price; target class 3 columns=[price]", "linear 3", "loss cross_entropy; optimizer adam"),
            new DatasetDescription(Shape.Of(4), 1, 100, 0));
        Assert.Contains("let price = \"price\"", whole, StringComparison.Ordinal);
        Assert.Contains("csv \"/here/specs/price\"", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_stay_where_they_are()
    {
        var text = Spec.Of(model: "linear 5", train: "loss mse\noptimizer adam # as ever\n# no more\n") + "# the end\n";
        var whole = Keeps(text);
        Assert.Contains("# as ever", whole, StringComparison.Ordinal);
        Assert.Contains("# no more", whole, StringComparison.Ordinal);
        Assert.EndsWith("parallel auto\n# the end\n", whole.Replace("\n\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unused_let_is_warned_of_as_before_and_none_else() =>
        Keeps(Spec.Of("let rate = 0.1\nlet width = 5", model: "linear width", train: "loss mse; optimizer adam"));

    [Fact]
    public void Every_default_is_written()
    {
        var text = "data { source synthetic 320; input [1, 8, 8]; target class 4 }\n"
            + "model {\n  conv2d 4; batch_norm; max_pool 2\n  flatten; layer_norm; gelu; dropout; linear 4\n}\n"
            + "train { loss cross_entropy; optimizer adamw; metric accuracy }\n";
        Golden.Check("checked/defaults.pd", Keeps(text));
    }

    [Fact]
    public void Every_default_in_blocks_within_blocks_and_of_files_is_written()
    {
        var text = "data { source csv \"a.csv\"; target }\n"
            + "model { repeat 2 { residual { linear 16; dropout } }; linear 1 }\n"
            + "train { loss l1; optimizer sgd 0.1; schedule step 5; steps 9 }\nparallel { data }\n";
        Golden.Check("checked/nested-defaults.pd", Keeps(text, new DatasetDescription(Shape.Of(16), 1, 500, 0)));
    }

    private static string Keeps(string text, DatasetDescription? description = null) =>
        Keeps(Spec.Parse(text, SpecPath), description ?? Spec.Describe(text));

    /// <summary>The law; gives the text that the run's folder would hold.</summary>
    private static string Keeps(ProgramSyntax program, DatasetDescription? description)
    {
        var (before, warnings) = Right(program, description);
        var whole = SyntaxPrinter.print(DefaultsWriter.WithDefaults(program, before, Here));

        var again = Spec.Parse(whole, "/runs/spec.pd");
        var (after, warningsAfter) = Right(again, description);
        Assert.Equal(warnings, warningsAfter);
        Assert.Equal(Text(before), Text(after));
        Assert.Equal(whole, SyntaxPrinter.print(DefaultsWriter.WithDefaults(again, after, "/elsewhere")));
        return whole;
    }

    private static (CheckedProgram Program, string[] Warnings) Right(ProgramSyntax program, DatasetDescription? description)
    {
        var result = Compiler.Checking.Checker.Check(program, description);
        string[] told = [.. result.Diagnostics.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Message}")];
        Assert.False(result.HasErrors, string.Join('\n', told));
        return (result.Value!, told);
    }

    /// <summary>All of the checked program but where its data lies.</summary>
    private static string Text(CheckedProgram program) =>
        string.Join('\n', CheckedProgramPrinter.Print(program).Split('\n').Select(WithoutPath));

    private static string WithoutPath(string line) =>
        new[] { "csv", "idx", "text" }.Any(kind => line.StartsWith($"  source      {kind}", StringComparison.Ordinal))
            ? string.Join('"', line.Split('"').Where((_, index) => index != 1))
            : line;
}
