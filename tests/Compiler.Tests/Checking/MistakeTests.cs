using ParDsl.Diagnostics;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Each mistake alone in a program: its code, what it underlines, and what its message and help say.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("linear witdh", "let width = 5", "PD2001", "witdh", "`width`", "write `width`")]
    [InlineData("linear width", "", "PD2001", "width", "no `let`", "let width = 64")]
    [InlineData("linear zz", "let a=1;let b=1;let c=1;let d=1;let e=1;let f=1;let g=1;let h=1;let i=1;let j=1;let k=1;let l=1;let m=1;let n=1;let o=1;let p=1;let q=1;let r=1;let s=1;let t=1;let u=1;let v=1", "PD2001", "zz", "`s`, `t` and 2 more", "")]
    [InlineData("linear a", "let a = 5\nlet a = 6", "PD2002", "a", "`a` is given a value twice", "remove one")]
    [InlineData("linear 5", "let a = 5", "PD2003", "a", "`a` is never used", "")]
    [InlineData("linear (5 + \"x\")", "", "PD2004", "5 + \"x\"", "the number 5 and the text \"x\"", "")]
    [InlineData("linear (2 * 3 steps)", "", "PD2004", "2 * 3 steps", "3 steps", "")]
    [InlineData("linear (9223372036854775807 + 1)", "", "PD2005", "9223372036854775807 + 1", "`9223372036854775807 + 1` is beyond", "")]
    [InlineData("linear (5 / zero)", "let zero = 0", "PD2006", "5 / zero", "`5 / 0` divides by zero", "")]
    [InlineData("linear (5 % 0)", "", "PD2006", "5 % 0", "`5 % 0`", "")]
    [InlineData("let a = 5; linear 5", "", "PD2007", "let a = 5", "inside `model`", "above")]
    [InlineData("lineer 5", "", "PD2010", "lineer", "`model` has no statement `lineer`", "write `linear`")]
    [InlineData("train { }; linear 5", "", "PD2010", "train", "cannot stand inside `model`", "move `train")]
    [InlineData("linear 5 bais=true", "", "PD2012", "bais", "it takes `outputs`, `bias` and `tied`", "write `bias=true`")]
    [InlineData("linear 5 outputs=6", "", "PD2014", "outputs=6", "`outputs` twice: 5 and 6", "")]
    [InlineData("linear", "", "PD2015", "linear", "`linear` needs its argument `outputs`: a whole number", "write `linear 10`")]
    [InlineData("linear 4 5", "", "PD2016", "5", "takes the size that comes in from the layer before it", "write `linear 5`")]
    [InlineData("relu [\n  1, # one\n  2 ]; linear 5", "", "PD2016", "[\n  1, # one\n  2 ]", "one more: [ 1, 2 ]", "remove it")]
    [InlineData("linear (1e300 * 1e300)", "", "PD2005", "1e300 * 1e300", "others to about 1.8e308", "")]
    [InlineData("layer_norm 10; linear 5", "", "PD2016", "10", "takes the size that comes in", "write `layer_norm`")]
    [InlineData("dropout 0.1 0.2; linear 5", "", "PD2016", "0.2", "1 value without a name, `rate`", "remove it")]
    [InlineData("relu 1; linear 5", "", "PD2016", "1", "no value without a name", "remove it")]
    [InlineData("linear \"5\"", "", "PD2017", "\"5\"", "must be a whole number, but this is the text \"5\"", "write `10`")]
    [InlineData("linear \"a\\n\\\"b\"", "", "PD2017", "\"a\\n\\\"b\"", "this is the text \"a\\n\\\"b\"", "")]
    [InlineData("linear [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]", "", "PD2017", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]", "19, 20, ...]", "")]
    [InlineData("linear 2.5", "", "PD2017", "2.5", "the number 2.5", "")]
    [InlineData("linear [5]", "", "PD2017", "[5]", "the list [5]", "")]
    [InlineData("linear 5 bias=1", "", "PD2017", "1", "must be true or false", "write `bias=true`")]
    [InlineData("linear 0", "", "PD2018", "0", "at least 1, but this is 0", "")]
    [InlineData("linear (2 - 5)", "", "PD2018", "2 - 5", "but this is -3", "")]
    [InlineData("dropout 1; linear 5", "", "PD2018", "1", "below 1", "")]
    [InlineData("dropout 25; linear 5", "", "PD2018", "25", "but this is 25", "write `25%`")]
    [InlineData("gelu approximate=tan; linear 5", "", "PD2019", "tan", "one of `none` or `tanh`", "write `approximate=tanh`")]
    [InlineData("linear 5 { relu }", "", "PD2020", "linear 5", "takes no block", "")]
    [InlineData("repeat 3; linear 5", "", "PD2021", "repeat 3", "needs a block", "write `repeat 3 { ... }`")]
    [InlineData("linear 5 epochs", "", "PD2022", "5 epochs", "a whole number, but this is 5 epochs", "")]
    [InlineData("a: relu; a: linear 5", "", "PD2024", "a", "`a` is given twice", "a_2")]
    [InlineData("", "", "PD2027", "model", "empty", "linear 10")]
    [InlineData("repeat 2 { }; linear 5", "", "PD2027", "repeat 2", "empty", "repeat 2 { linear 10 }")]
    [InlineData("repeat 100 { repeat 101 { relu } }", "", "PD2028", "relu", "more than 10000 layers", "")]
    [InlineData("branches { branch { } branch { } }", "", "PD2015", "branches", "needs a name behind it", "branches add")]
    [InlineData("branches cat { branch { } branch { } }", "", "PD2011", "cat", "no way to combine branches `cat`", "`concat`")]
    [InlineData("branches add", "", "PD2021", "branches add", "needs a block", "branches add { ... }")]
    [InlineData("branches add { branch 3 { } branch { } }", "", "PD2016", "3", "no value without a name", "remove it")]
    [InlineData("branches add axis=1 { branch { } branch { } }", "", "PD2012", "axis", "it takes none", "remove")]
    [InlineData("a: linear 5; concat a along=1", "", "PD2012", "along", "it takes `axis`", "")]
    [InlineData("a: linear 5; add a { }", "", "PD2020", "add a", "takes no block", "")]
    [InlineData("a: linear 5; add 3", "", "PD2017", "3", "takes the labels of earlier statements", "add enc")]
    [InlineData("a: linear 5; add [a]", "", "PD2017", "[a]", "takes the labels", "")]
    [InlineData("branches add { a: branch { linear 5 } branch { linear 4; add a } }", "", "PD3060", "add a", "axis 1 has 4 and 5", "[4] too, or join")]
    [InlineData("sequential { }; linear 5", "", "PD2027", "sequential", "empty", "sequential { linear 10 }")]
    [InlineData("residual projection=1 { linear 5 }", "", "PD2017", "1", "true or false", "projection=false")]
    [InlineData("a: linear 10; linear 5 tied=b", "", "PD2100", "linear 5 tied=b", "the labels of this model are `a`", "embedding")]
    [InlineData("linear 5 tied=a", "", "PD2100", "linear 5 tied=a", "this model has no labels", "`a: embedding 128`")]
    [InlineData("first: linear 10; linear 5 tied=frist", "", "PD2100", "linear 5 tied=frist", "names no layer", "write `tied=first`")]
    [InlineData("linear 10 tied=b; b: linear 5", "", "PD2101", "linear 10 tied=b", "comes later", "`b` first")]
    [InlineData("a: relu; linear 5 tied=a", "", "PD2102", "linear 5 tied=a", "`relu` learns none", "`linear`")]
    [InlineData("a: linear 10; b: linear 10 tied=a; linear 10 tied=b; linear 5", "", "PD2102", "linear 10 tied=b", "it uses `a.weight`", "write `tied=a`")]
    [InlineData("a: linear 8; linear 5 tied=a", "", "PD3084", "linear 5 tied=a", "it needs a weight of shape [5, 8], but that of `a` has shape [8, 10]", "`linear 10` before it")]
    [InlineData("a: linear 10; linear 5 tied=a", "", "PD3084", "linear 5 tied=a", "[5, 10], but that of `a` has shape [10, 10]", "write `linear 10 tied=a`")]
    [InlineData("linear 5 tied=7", "", "PD2017", "7", "`tied` of `linear` must be the label of a layer", "tied=tokens")]
    [InlineData("embedding 8; linear 5", "", "PD3081", "embedding 8", "real numbers of shape [10]", "write `linear 8`")]
    [InlineData("attention heads=2; linear 5", "", "PD3082", "attention heads=2", "needs [length, features], and what comes in is [10]", "`input [1, 10]`")]
    [InlineData("positions learned; linear 5", "", "PD3082", "positions learned", "needs [length, features]", "`input [1, 10]`")]
    [InlineData("linear vocabulary", "", "PD2103", "vocabulary", "where the source is `text`", "source text")]
    [InlineData("linear 5000000000; linear 5000000000", "", "PD3011", "linear 5000000000", "beyond 64 bits", "")]
    [InlineData("residual { linear 5 }", "", "PD3027", "residual", "[5]", "")]
    public void A_mistake_in_the_model(string model, string top, string code, string span, string message, string help) =>
        Expect(Spec.Of(top: top, model: model), code, span, message, help);

    [Theory]
    [InlineData("source csf \"a.csv\"; target [5]", "PD2011", "csf", "there is no source `csf`; there are `csv`, `idx`, `synthetic`, `synthetic_text` and `text`", "`csv`")]
    [InlineData("source; target [5]", "PD2015", "source", "needs a name", "source csv")]
    [InlineData("source csv; target [5]", "PD2015", "source csv", "`csv` needs its argument `path`", "write `source csv \"data.csv\"`")]
    [InlineData("target [5]", "PD2025", "data", "needs a statement `source`", "source csv")]
    [InlineData("source csv \"a.csv\"", "PD2025", "data", "needs a statement `target`", "target class 10")]
    [InlineData("source csv \"a.csv\"; target [5]; input [-1]", "PD2018", "[-1]", "at least 1, but this is -1", "")]
    [InlineData("source csv \"a.csv\"; target [5]; target [6]", "PD2013", "target", "`target` is written twice", "")]
    [InlineData("source csv \"a.csv\"; target class 1", "PD2018", "1", "`classes` of `target class` must be at least 2", "")]
    [InlineData("source csv \"a.csv\"; t: target [5]", "PD2023", "t", "cannot have the label `t`", "remove `t:`")]
    [InlineData("source csv \"a.csv\"; target [5]; validation 10", "PD2018", "10", "below 1, but this is 10", "write `10%`")]
    [InlineData("source synthetic 5; target [5]", "PD3003", "source synthetic 5", "the input's shape", "write `input [10]`")]
    [InlineData("source idx \"a\"; target class 5; input [10] columns=[1]", "PD3012", "columns=[1]", "`idx`", "")]
    [InlineData("source csv \"a.csv\"; target [5]; input [9223372036854775807, 2]", "PD3011", "input [9223372036854775807, 2]", "9223372036854775807 * 2", "")]
    [InlineData("source text \"a.txt\"", "PD2015", "source text \"a.txt\"", "`text` needs its argument `length`", "length=10")]
    [InlineData("source text \"a.txt\" length=8; input [8]", "PD2104", "input [8]", "`input` has nothing to say", "remove `input [8]`")]
    [InlineData("source text \"a.txt\" length=8; target class 5", "PD2104", "target class 5", "`target` has nothing to say", "remove")]
    [InlineData("source text \"a.txt\" length=vocabulary", "PD2103", "vocabulary", "a value in `model` and `train`", "number itself")]
    public void A_mistake_in_the_data(string data, string code, string span, string message, string help) =>
        Expect(Spec.Of(data: data, model: "linear 5"), code, span, message, help);

    [Theory]
    [InlineData("optimizer adam", "PD2025", "train", "needs a statement `loss`", "loss cross_entropy")]
    [InlineData("loss mse", "PD2025", "train", "needs a statement `optimizer`", "optimizer adamw lr=1e-3")]
    [InlineData("loss msee; optimizer adam", "PD2011", "msee", "there is no loss `msee`", "write `mse`")]
    [InlineData("loss mse; optimizer sgd", "PD2015", "optimizer sgd", "`sgd` needs its argument `lr`", "write `optimizer sgd 0.01`")]
    [InlineData("loss mse; optimizer sgd lr=0", "PD2018", "0", "above 0, but this is 0", "")]
    [InlineData("loss mse; optimizer sgd lr=1 nesterov=true", "PD3013", "optimizer sgd lr=1 nesterov=true", "`momentum` is 0", "momentum=0.9")]
    [InlineData("loss mse; optimizer adam; batch 0", "PD2018", "0", "`samples` of `batch` must be at least 1", "")]
    [InlineData("loss mse; optimizer adam; batch -4", "PD2018", "-4", "but this is -4", "")]
    [InlineData("loss mse; optimizer adam; epochs 2; steps 5", "PD2026", "steps 5", "`epochs 2` and `steps 5`", "")]
    [InlineData("loss mse; optimizer adam; schedule cosine warmup=3 MiB", "PD2022", "3 MiB", "a number of steps or epochs", "")]
    [InlineData("loss mse; optimizer adam; metric mean_absolute_error mean_absolute_error", "PD2013", "mean_absolute_error", "named twice", "")]
    [InlineData("loss mse; optimizer adam; precision bfloat", "PD2019", "bfloat", "`float32`, `float64`, `bfloat16` or `float16`", "`bfloat16`")]
    [InlineData("loss mse; optimizer adam; checkpoint every=0", "PD2018", "0", "`every` of `checkpoint` must be above 0", "")]
    [InlineData("loss mse; optimizer adam; checkpoint every=5 MiB", "PD2022", "5 MiB", "a time such as 10 min", "every=5 steps")]
    [InlineData("loss mse; optimizer adam; checkpoint every=2.5 epochs", "PD2017", "2.5 epochs", "a time such as 10 min", "")]
    [InlineData("loss mse; optimizer adam; checkpoint keep=0", "PD2018", "0", "`keep` of `checkpoint` must be at least 1", "keep=3")]
    [InlineData("loss mse; optimizer adam; checkpoint keep=10 min", "PD2022", "10 min", "a whole number", "")]
    [InlineData("loss mse; optimizer adam; epochs 10 min", "PD2022", "10 min", "a whole number", "")]
    [InlineData("loss mse; optimizer adam; schedule step every=10 min", "PD2022", "10 min", "a number of steps or epochs", "")]
    [InlineData("loss mse; optimizer adam; checkpoint best=acuracy", "PD2019", "acuracy", "`loss`, `accuracy` or `mean_absolute_error`", "best=accuracy")]
    [InlineData("loss mse; optimizer adam; checkpoint best=loss", "PD3015", "checkpoint best=loss", "no samples are kept back", "validation 10%")]
    [InlineData("loss mse; optimizer adam; bach 5", "PD2010", "bach", "`train` has no statement", "write `batch`")]
    [InlineData("loss cross_entropy; optimizer adam", "PD3005", "cross_entropy", "the target has 5 values", "target class 5")]
    [InlineData("loss mse; optimizer adam; metric accuracy", "PD3006", "accuracy", "the target has 5 values", "metric mean_absolute_error")]
    [InlineData("loss mse; optimizer adam; batch 400", "PD3008", "batch 400", "320 training samples", "write `batch 320`")]
    [InlineData("loss mse; optimizer adam; batch 32; accumulate 5", "PD3009", "accumulate 5", "32 = 5 * 6 + 2", "write `batch 30`")]
    [InlineData("loss mse; optimizer adam; schedule linear warmup=11", "PD3010", "schedule linear warmup=11", "1 epoch * 10 steps = 10 steps", "")]
    [InlineData("loss mse; optimizer adam; schedule linear warmup=2 epochs; steps 15", "PD3010", "schedule linear warmup=2 epochs", "15 steps, 10 an epoch", "")]
    public void A_mistake_in_training(string train, string code, string span, string message, string help) =>
        Expect(Spec.Of(train: train), code, span, message, help);

    [Theory]
    [InlineData("parallel { dta 4 }", "PD2010", "dta", "`parallel` has no statement `dta`", "write `data`")]
    [InlineData("parallel { data 0 }", "PD2018", "0", "at least 1", "")]
    [InlineData("parallel { }", "PD2027", "parallel", "empty", "parallel auto")]
    [InlineData("parallel", "PD2021", "parallel", "needs `auto`", "parallel { data 4 }")]
    [InlineData("parallel auto { data 2 }", "PD2020", "parallel auto", "takes no block", "")]
    [InlineData("parallel manual", "PD2019", "manual", "one of `auto`", "")]
    [InlineData("parallel { data 2; nodes 0 }", "PD2018", "0", "`count` of `nodes` must be at least 1", "")]
    [InlineData("parallel { shard optimizer }", "PD2029", "shard optimizer", "no `data`", "`data 2; shard optimizer`")]
    [InlineData("parallel { data 2; shard weights }", "PD2019", "weights", "`weights`", "`optimizer`")]
    [InlineData("parallel { pipeline 2 schedule=2f2b }", "PD2019", "2f2b", "`1f1b`", "schedule=")]
    [InlineData("parallel { data 16; nodes }", "PD2015", "nodes", "`nodes` needs", "")]
    [InlineData("parallel auto\nparallel auto", "PD2013", "parallel", "twice", "")]
    [InlineData("paralel auto", "PD2010", "paralel", "a program has no statement `paralel`", "write `parallel`")]
    [InlineData("import \"a.pd\"", "PD2067", "import \"a.pd\"", "`a.pd`", "pardsl check")]
    [InlineData("def model() { relu }", "PD2060", "model", "a word of the language", "my_model")]
    [InlineData("def attention() { relu }", "PD2060", "attention", "a word of the language", "")]
    [InlineData("def block() { lineer 5 }", "PD2010", "lineer", "`model` has no statement", "write `linear`")]
    [InlineData("def block(width) { linear widht }", "PD2001", "widht", "the values here are `width`", "write `width`")]
    [InlineData("def block(n=(1 / 0)) { linear n }", "PD2006", "1 / 0", "divides by zero", "")]
    [InlineData("def block() { let n = 3; linear 3 }", "PD2007", "let n = 3", "inside `block`", "above")]
    public void A_mistake_at_the_top(string parallel, string code, string span, string message, string help) =>
        Expect(Spec.Of(parallel: parallel), code, span, message, help);

    [Fact]
    public void A_program_without_blocks_names_them_all()
    {
        var found = Spec.Only(Spec.Check("let a = 5\n", null));
        Assert.Equal("PD2025", found.Code);
        Assert.Contains("it has no `data`, `model` or `train`", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_is_compared_with_what_validation_leaves()
    {
        var text = Spec.Of(data: Spec.Data + "; validation 20%", train: "loss mse; optimizer adam; batch 300");
        Assert.Contains("320 samples - 64 for validation = 256 training samples", Spec.Only(Spec.Check(text)).Message, StringComparison.Ordinal);
    }

    private static void Expect(string text, string code, string span, string message, string help)
    {
        var found = Spec.Only(Spec.Check(text));
        Assert.Equal(code, found.Code);
        Assert.Equal(span, found.Span.Text);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Contains(help, found.Help, StringComparison.Ordinal);
        Assert.Equal(code is "PD2003" or "PD3010" ? Severity.Warning : Severity.Error, found.Severity);
    }
}
