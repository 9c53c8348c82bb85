namespace ParDsl.Cli.Tests;

/// <summary>Small specs that train in a second or less.</summary>
public static class Specs
{
    /// <summary>A regression on made-up samples; <paramref name="train"/> is added to its train block.</summary>
    public static string Synthetic(string train = "", int samples = 320, string parallel = "") => $$"""
        data {
          source synthetic {{samples}} seed=1
          input  [10]
          target [2]
        }

        model {
          fc1: linear 5
          relu
          fc2: linear 2
        }

        train {
          loss      mse
          optimizer adamw lr=0.01
          batch     32
          {{train}}
        }
        {{parallel}}
        """;

    /// <summary>One on a CSV file beside it, with four inputs and three classes.</summary>
    public static string Csv(string file = "data.csv", string target = "class 3") => $$"""
        data {
          source csv "{{file}}"
          input  [4]
          target {{target}}
        }

        model { linear 3 }

        train {
          loss      cross_entropy
          optimizer sgd lr=0.1
          batch     4
          epochs    2
        }
        """;

    /// <summary>Rows that <see cref="Csv"/> reads: four numbers and a class.</summary>
    public static string CsvRows(int count = 12) =>
        "a,b,c,d,class\n" + string.Concat(Enumerable.Range(0, count).Select(row => $"{row},0.5,{row % 2},1,{row % 3}\n"));
}
