using System.Globalization;

namespace ParDsl.Accuracy;

/// <summary>
/// What was measured stays in a file, a line a case, so that changed predictions can be compared with it again in seconds. A
/// case that is measured again is replaced.
/// </summary>
internal sealed class KeptMeasurements(string path)
{
    private const char Separator = '\t';

    public IReadOnlyList<Measurement> Read() =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Split(Separator)).Select(Of)] : [];

    public void Keep(Measurement measurement)
    {
        var others = Read().Where(other => (other.Example, other.Layout) != (measurement.Example, measurement.Layout));
        File.WriteAllLines(path, others.Append(measurement).Select(Line));
    }

    private static Measurement Of(string[] cells) => new(
        cells[0],
        cells[1],
        cells[2],
        double.Parse(cells[3], CultureInfo.InvariantCulture),
        long.Parse(cells[4], CultureInfo.InvariantCulture),
        long.Parse(cells[5], CultureInfo.InvariantCulture),
        int.Parse(cells[6], CultureInfo.InvariantCulture));

    private static string Line(Measurement measurement) => string.Create(
        CultureInfo.InvariantCulture,
        $"{measurement.Example}\t{measurement.Layout}\t{measurement.Words}\t{measurement.StepSeconds:R}\t"
            + $"{measurement.AllocatedBytes}\t{measurement.ResidentBytes}\t{measurement.Updates}");
}
