using System.Globalization;

namespace ParDsl.Runtime.Collectives.Jobs;

/// <summary>Variables of an environment, read as what a launcher writes into them. An empty one counts as not set.</summary>
internal sealed class JobVariables(IReadOnlyDictionary<string, string> variables)
{
    public bool Has(string name) => Text(name) is not null;

    public string? Text(string name) =>
        variables.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number from 0; null where the variable is not set.</summary>
    public int? Number(string name) => Text(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw JobEnvironmentErrors.NotNumber(name, text),
    };

    /// <summary>A rank, and how many there are of them; null where neither variable is set.</summary>
    public (int Rank, int Size)? Place(string rankName, string sizeName)
    {
        var (rank, size) = (Number(rankName), Number(sizeName));
        return (rank, size) switch
        {
            (null, null) => null,
            (null, _) => throw JobEnvironmentErrors.Missing(rankName, sizeName),
            (_, null) => throw JobEnvironmentErrors.Missing(sizeName, rankName),
            var (first, second) when first >= second =>
                throw JobEnvironmentErrors.RankOutside(rankName, first.Value, sizeName, second.Value),
            var (first, second) => (first.Value, second.Value),
        };
    }
}
