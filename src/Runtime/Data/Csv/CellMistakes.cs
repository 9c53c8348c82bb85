using System.Globalization;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>
/// The mistakes of one kind in a file: the first few places, and how many there are. A file with a million bad cells
/// has one message.
/// </summary>
internal sealed class CellMistakes
{
    private const int Shown = 3;

    private readonly List<string> places = [];
    private long count;

    public bool Any => count > 0;

    /// <summary>The first place, with what was found there: "column 3 of `data.csv:7` holds `abc`".</summary>
    public string Where { get; private set; } = "";

    public void Add(string place, string found)
    {
        count++;
        if (count == 1)
            Where = $"{place} {found}";
        else if (count <= Shown)
            places.Add(place);
    }

    /// <summary>
    /// The other places, or nothing: " (3 such cells: also column 1 of `data.csv:9`; column 2 of `data.csv:12`)".
    /// </summary>
    public string AndMore(string noun) => count switch
    {
        1 => "",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $" ({count} such {noun}s: also {string.Join("; ", places)}{(count > Shown ? "; ..." : "")})"),
    };
}
