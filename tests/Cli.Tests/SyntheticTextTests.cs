using System.Text.Json;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>Made-up tokens train a language model like any text: it learns which token follows which.</summary>
public sealed class SyntheticTextTests
{
    private const string Spec = """
        data {
          source     synthetic_text 256 length=16 vocabulary=12
          validation 10%
        }

        model {
          embedding 16
          linear vocabulary
        }

        train {
          loss      cross_entropy
          optimizer adamw lr=0.02
          batch     16
          epochs    10
          metric    accuracy
        }
        """;

    [Fact]
    public void A_model_learns_what_follows_what()
    {
        using var scratch = new Scratch();
        scratch.Write("input.pd", Spec);
        var result = Pardsl.Run(scratch.Folder, TimeSpan.FromMinutes(2), "run", "input.pd", "--json");
        Assert.Equal(0, result.Exit);
        using var done = JsonDocument.Parse(result.Output.TrimEnd('\n').Split('\n')[^1]);
        var validation = done.RootElement.GetProperty("validation");
        // 0.9 and a twelfth of 0.1 is what can be told, but for the last place of each sample.
        Assert.InRange(validation.GetProperty("accuracy").GetDouble(), 0.75, 0.95);
        Assert.InRange(validation.GetProperty("loss").GetDouble(), 0.325, 0.325 + (0.1 * Math.Log(12)) + 0.5);
    }
}
