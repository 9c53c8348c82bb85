using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>The columns of a file: how many, and their names where the first line holds them.</summary>
internal sealed record CsvHeader(int Count, ImmutableArray<string> Names)
{
    /// <summary>The place of a column by its name, or else by its position from 0; null where there is none.</summary>
    public int? Find(string column)
    {
        var named = Names.IndexOf(column);
        if (named >= 0)
            return named;
        var isPosition = int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        return isPosition && position < Count ? position : null;
    }

    /// <summary>The positions of all columns of that name.</summary>
    public ImmutableArray<int> All(string name) => [.. Enumerable.Range(0, Names.Length).Where(index => Names[index] == name)];

    /// <summary>A column as messages name it: "3", or "3 (`width`)".</summary>
    public string Title(int column)
    {
        var position = column.ToString(CultureInfo.InvariantCulture);
        return column < Names.Length && Names[column] != position ? $"{position} (`{Names[column]}`)" : position;
    }

    /// <summary>The columns in a few words: names where there are few, positions otherwise.</summary>
    public string Describe()
    {
        var positions = string.Create(CultureInfo.InvariantCulture, $"columns 0 to {Count - 1}");
        return Names.IsEmpty ? $"no header, and {positions}"
            : Names.Length <= 8 ? $"`{string.Join("`, `", Names)}`"
            : $"{positions}, `{Names[0]}` to `{Names[^1]}`";
    }
}
