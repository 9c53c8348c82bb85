using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>The data set of some examples, which not every machine has.</summary>
internal static class FashionMnist
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";

    /// <summary>Skips the test where the data set is missing.</summary>
    public static void Require()
    {
        if (!Directory.Exists(Folder))
            Assert.Skip($"{Folder} is not here: apt-get install dataset-fashion-mnist");
    }

    /// <summary>The same for the test of an example that reads it.</summary>
    /// <param name="example">Below examples: <c>03-fashion/conv.pd</c>.</param>
    public static void RequireFor(string example)
    {
        if (File.ReadAllText(Path.Combine(Golden.Root, "examples", example)).Contains(Folder, StringComparison.Ordinal))
            Require();
    }
}
