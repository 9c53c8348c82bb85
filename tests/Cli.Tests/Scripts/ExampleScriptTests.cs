using System.Globalization;
using ParDsl.Goldens;
using ParDsl.Parsing;
using ParDsl.Printing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Cli.Tests.Scripts;

/// <summary>Every example's script, run by the real <c>dotnet fsi</c>.</summary>
public sealed class ExampleScriptTests
{
    [Fact]
    public void The_digits_script_trains_to_96_percent()
    {
        using var example = new ExampleCopy("01-digits");
        var result = example.Run("digits.fsx");

        Assert.True(result.Exit == 0, result.ToString());
        Assert.True(double.Parse(result.Output.Split(' ')[0], CultureInfo.InvariantCulture) >= 0.96, result.ToString());
        Assert.Equal(20, result.Error.Split('\n').Count(line => line.StartsWith("epoch ", StringComparison.Ordinal) && line.Contains("validation", StringComparison.Ordinal)));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(example.Folder, "runs"), "model.safetensors", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_article_script_is_refused_on_its_own_line()
    {
        var result = FSharpInteractive.Run(Path.Combine(Golden.Root, "examples", "02-article"), "article.fsx");

        Golden.Check("scripts/article.txt", $"{result.Error}exit {result.Exit}\n");
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void The_mended_article_script_trains()
    {
        using var example = new ExampleCopy("02-article");
        var result = example.Run("fixed.fsx");

        Assert.True(result.Exit == 0, result.ToString());
        Assert.StartsWith("loss ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("03-fashion", "conv.fsx")]
    [InlineData("04-four-devices", "conv.fsx")]
    [InlineData("05-residual", "residual.fsx")]
    public void A_fashion_script_trains(string name, string script)
    {
        FashionMnist.Require();
        using var example = new ExampleCopy(name);
        var result = example.Run(
            script,
            text => text.Replace("Train.run", "Train.runWith { Train.options with Steps = 3L }", StringComparison.Ordinal));

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("of the test images are told right", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gpt_script_trains()
    {
        using var example = new ExampleCopy("06-gpt");
        var result = example.Run(
            "gpt.fsx",
            text => text.Replace("gpt 4 128", "gpt 1 16", StringComparison.Ordinal)
                .Replace("Train.run", "Train.runWith { Train.options with Steps = 3L }", StringComparison.Ordinal));

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("nats a character", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("article", "article")]
    [InlineData("fixed", "mended")]
    public void A_script_and_its_file_are_the_same_tree(string name, string program)
    {
        using var example = new ExampleCopy("02-article");
        var file = Parser.parse(SourceReader.read(Path.Combine(example.Folder, $"{name}.pd")).File).Program;

        Assert.Equal(SyntaxTreePrinter.print(file), example.PrintInsteadOfTraining($"{name}.fsx", $"Show.syntax {program}"));
    }

    /// <summary>A script's values are numbers where the file has names and divisions, so these are the same once checked.</summary>
    [Theory]
    [InlineData("01-digits", "digits", "digits [ 128; 64 ]")]
    [InlineData("03-fashion", "conv", "fashion 32")]
    [InlineData("04-four-devices", "conv", "fashion 32")]
    [InlineData("05-residual", "residual", "fashion 16")]
    [InlineData("06-gpt", "gpt", "gpt 4 128")]
    public void A_script_and_its_file_are_the_same_program(string folder, string name, string program)
    {
        FashionMnist.RequireFor($"{folder}/{name}.pd");
        using var example = new ExampleCopy(folder);
        var file = Pardsl.Run(example.Folder, "show", "checked", $"{name}.pd");

        Assert.True(file.Exit == 0, file.ToString());
        Assert.Equal(file.Output, example.PrintInsteadOfTraining($"{name}.fsx", $"Show.layers ({program})"));
    }
}
