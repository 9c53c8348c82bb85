namespace ParDsl.Cli.Tests;

/// <summary>What a browser made of a timeline.</summary>
/// <param name="Names">Of its rows, from the top.</param>
/// <param name="Apart">How far a row's name is from its bars at most, in pixels.</param>
/// <param name="BarCounts">Of each row.</param>
/// <param name="Legend">The words for each colour.</param>
/// <param name="Swatches">The colours beside these words.</param>
/// <param name="Fills">The colours of bars of that kind; null where no bar has it.</param>
/// <param name="Labels">How many bars show a number.</param>
/// <param name="Zooms">The drawing's width over the window's after zooming in, in again, and out.</param>
/// <param name="ZoomedLabels">How many bars show a number then.</param>
/// <param name="Fit">The width when all is shown again.</param>
internal sealed record SeenTimeline(
    string Title,
    string[] Names,
    double Apart,
    int[] BarCounts,
    string[] Legend,
    string[] Swatches,
    string?[] Fills,
    int Labels,
    double[] Zooms,
    int ZoomedLabels,
    double Fit);
