using System.IO.Compression;
using System.Text;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>What no spec should be: each gets one clear diagnostic, its exit code, no stack trace and no file.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_missing_file() => Refused("check nowhere.pd", "PD1001", "nowhere.pd");

    [Fact]
    public void A_folder_for_a_file()
    {
        Directory.CreateDirectory(scratch.At("folder.pd"));
        Refused("check folder.pd", "PD10", "folder.pd");
    }

    [Fact]
    public void An_empty_file()
    {
        scratch.Write("a.pd", "");
        Refused("check a.pd", "PD10", "a.pd");
    }

    [Fact]
    public void A_binary_file()
    {
        File.WriteAllBytes(scratch.At("a.pd"), [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0xff, 0xfe]);
        Refused("check a.pd", "PD10", "a.pd");
    }

    [Fact]
    public void A_line_of_100_megabytes()
    {
        scratch.Write("a.pd", "model { linear " + new string('1', 100_000_000) + " }\n");
        Refused("check a.pd", "PD10", "a.pd");
    }

    [Fact]
    public void Ten_thousand_nested_blocks()
    {
        scratch.Write("a.pd", "model " + string.Concat(Enumerable.Repeat("{ residual ", 10_000)) + new string('}', 10_000) + "\n");
        Refused("check a.pd", "PD1", "a.pd");
    }

    [Theory]
    [InlineData("linear 0")]
    [InlineData("linear -3")]
    [InlineData("linear 99999999999999999999999")]
    public void A_size_that_no_layer_has(string layer)
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1").Replace("linear 5", layer, StringComparison.Ordinal));
        Refused("check a.pd", "PD", "a.pd:8");
    }

    [Theory]
    [InlineData("nan", "nan")]
    [InlineData("abc", "abc")]
    public void Text_or_no_number_in_a_column(string cell, string told)
    {
        scratch.Write("a.pd", Specs.Csv());
        scratch.Write("data.csv", Specs.CsvRows().Replace("5,0.5,1", $"5,{cell},1", StringComparison.Ordinal));
        var error = RunRefused();
        Assert.Contains("data.csv", error, StringComparison.Ordinal);
        Assert.Contains("7", error, StringComparison.Ordinal);
        Assert.Contains("`b`", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_ragged_table()
    {
        scratch.Write("a.pd", Specs.Csv());
        scratch.Write("data.csv", Specs.CsvRows() + "1,2\n");
        Assert.Contains("data.csv", RunRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_out_of_range()
    {
        scratch.Write("a.pd", Specs.Csv());
        scratch.Write("data.csv", Specs.CsvRows() + "1,2,3,4,3\n");
        Assert.Contains("3", RunRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_not_there() => Assert.Contains("data.csv", RunRefusedWith(Specs.Csv()), StringComparison.Ordinal);

    [Fact]
    public void A_truncated_gzip()
    {
        scratch.Write("a.pd", Specs.Csv("data.csv.gz"));
        File.WriteAllBytes(scratch.At("data.csv.gz"), Gzip(Specs.CsvRows(2000))[..200]);
        Assert.Contains("data.csv.gz", RunRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_idx()
    {
        Directory.CreateDirectory(scratch.At("idx"));
        File.WriteAllBytes(scratch.At("idx/train-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 4, 1, 2, 3]);
        File.WriteAllBytes(scratch.At("idx/train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 9, 1, 2, 0, 1, 2, 0, 1, 2, 0]);
        var spec = Specs.Csv().Replace("csv \"data.csv\"", "idx \"idx\"", StringComparison.Ordinal).Replace("[4]", "[16]", StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte", RunRefusedWith(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_larger_than_the_data()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1", samples: 20));
        Refused("check a.pd", "PD", "batch");
    }

    [Fact]
    public void GPUs_that_are_not_there()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--require-gpu", "--gpus", "64");
        Assert.True(result.Exit is 1 or 3, result.ToString());
        Assert.Contains("error PD4", result.Error, StringComparison.Ordinal);
        AssertNoNewFile(result, "a.pd");
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1"));
        scratch.Write("taken", "");
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "taken/out");
        Assert.Equal(3, result.Exit);
        Assert.Contains("error PD52", result.Error, StringComparison.Ordinal);
        AssertNoNewFile(result, "a.pd", "taken");
    }

    /// <summary>One diagnostic whose code starts so and which names <paramref name="told"/>; exit code 1.</summary>
    private void Refused(string arguments, string code, string told)
    {
        var result = Pardsl.Run(scratch.Folder, arguments.Split(' '));
        Assert.True(result.Exit == 1, result.ToString());
        Assert.StartsWith($"error {code}", result.Error, StringComparison.Ordinal);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.True(result.Error.Length < 2000, $"{result.Error.Length} characters are no clear message");
    }

    private string RunRefusedWith(string spec)
    {
        scratch.Write("a.pd", spec);
        return RunRefused();
    }

    /// <summary>Bad data is found by `check`'s look at the headers (1) or when all of it is read (3).</summary>
    private string RunRefused()
    {
        var before = Directory.GetFileSystemEntries(scratch.Folder).Select(entry => Path.GetFileName(entry)!).ToArray();
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd");
        Assert.True(result.Exit is 1 or 3, result.ToString());
        Assert.Contains("error PD", result.Error, StringComparison.Ordinal);
        AssertNoNewFile(result, before);
        return result.Error;
    }

    private void AssertNoNewFile(ProgramResult result, params string[] expected)
    {
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(expected.Order(), Directory.GetFileSystemEntries(scratch.Folder).Select(entry => Path.GetFileName(entry)!).Order());
    }

    private static byte[] Gzip(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }
}
