using ParDsl.Compiler.Checked;
using ParDsl.Goldens;
using ParDsl.Runtime.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Checkpoints;

/// <summary>The files in the folders of tests/Goldens/diagnostics provoke what the folders are named for.</summary>
public sealed class DiagnosticExampleTests
{
    public static TheoryData<string> Folders =>
        [.. Directory.GetFiles(Path.Combine(Golden.Root, "tests/Goldens/diagnostics"), "weights.safetensors", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Each_broken_file_gives_the_code_of_its_folder(string folder)
    {
        var path = Path.Combine(Golden.Root, "tests/Goldens/diagnostics", folder, "weights.safetensors");
        var failure = Assert.Throws<RunFailedException>(() =>
            WeightsLoader.Open(path, new CheckedModel(Shape.Of(10), [])));
        Assert.StartsWith(failure.Diagnostic.Code, folder, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_inside_a_file_has_its_example() =>
        Assert.Equal(
            ["PD5203", "PD5204", "PD5205", "PD5206", "PD5207", "PD5208", "PD5209", "PD5210"],
            Folders.Select(row => row.Data[..6]).Distinct());
}
