using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>A spec that is written over several files, from its check to the spec that its run leaves behind.</summary>
[Collection(Training.Collection)]
public sealed class ImportTests : IDisposable
{
    private const string Import = "import \"lib/blocks.pd\"\n";

    private readonly Scratch scratch = new();

    public ImportTests()
    {
        Directory.CreateDirectory(scratch.At("lib"));
        scratch.Write("lib/blocks.pd", "import \"sizes.pd\"\n\ndef block(outputs=size) {\n  linear outputs\n  relu\n}\n");
        scratch.Write("lib/sizes.pd", "let size = 6\nlet other = 2\n");
        scratch.Write("a.pd", Import + Specs.Synthetic("steps 2").Replace("  relu\n", "  block\n", StringComparison.Ordinal));
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void What_a_run_leaves_behind_runs_alone()
    {
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "out", "--quiet");
        Assert.True(result.Exit == 0, result.ToString());

        Directory.Delete(scratch.At("lib"), recursive: true);
        Assert.Equal(1, Pardsl.Run(scratch.Folder, "check", "a.pd").Exit);
        var again = Pardsl.Run(scratch.Folder, "run", "out/a.pd", "--out", "again", "--quiet");
        Assert.True(again is { Exit: 0, Error: "" }, again.ToString());
        Assert.Equal(File.ReadAllText(scratch.At("out/a.pd")), File.ReadAllText(scratch.At("again/a.pd")));
        Assert.Equal(
            File.ReadAllBytes(scratch.At("out/checkpoints/step-2/model.safetensors")),
            File.ReadAllBytes(scratch.At("again/checkpoints/step-2/model.safetensors")));
    }

    [Theory]
    [InlineData("size=7", "linear 7 bias=true")]
    [InlineData("model.block.outputs=8", "linear 8 bias=true")]
    public void What_is_imported_can_be_set(string setting, string layer)
    {
        var result = Pardsl.Run(scratch.Folder, "show", "checked", "a.pd", "--set", setting);
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains(layer, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Syntax_is_shown_with_its_imports_and_formatted_without()
    {
        var shown = Pardsl.Run(scratch.Folder, "show", "syntax", "a.pd");
        Assert.StartsWith("let size = 6\n", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("import", shown.Output, StringComparison.Ordinal);

        Assert.Equal(0, Pardsl.Run(scratch.Folder, "fmt", "a.pd").Exit);
        Assert.StartsWith(Import, File.ReadAllText(scratch.At("a.pd")), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_of_a_spec_and_of_its_imports_are_told_together()
    {
        scratch.Write("lib/sizes.pd", "let size = \n");
        scratch.Write("a.pd", Import + "let x\n");
        var result = Pardsl.Run(scratch.Folder, "check", "a.pd");
        Assert.Equal(1, result.Exit);
        Assert.Contains("--> a.pd:2:1", result.Error, StringComparison.Ordinal);
        Assert.Contains("--> lib/sizes.pd:1:1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_imported_is_read_once_however_its_path_is_written()
    {
        scratch.Write("lib/blocks.pd", "import \"../lib/sizes.pd\"\nimport \"./sizes.pd\"\ndef block() { linear size }\n");
        var result = Pardsl.Run(scratch.Folder, "check", "a.pd");
        Assert.True(result.Exit == 0, result.ToString());
    }
}
