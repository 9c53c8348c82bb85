// Kills runs at random moments, goes on with them, and compares their ends with those of runs that nobody disturbed.
// ./reliability [COUNT] [--into DOCUMENT]: COUNT kills of ranks that are threads, as many of ranks that are processes, spread
// over the cases of each, and the table into a document's place.
using System.Globalization;
using ParDsl.Reliability;

const int DefaultKills = 50;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var program = Path.Combine(AppContext.BaseDirectory, "../../../pardsl/pardsl");
var words = args.ToList();
var document = Take(words, "--into");
var count = words is [] ? DefaultKills : words is [var text] && int.TryParse(text, out var given) && given > 0 ? given : 0;
if (count == 0)
{
    Console.Error.WriteLine("usage: reliability [COUNT] [--into DOCUMENT]");
    return 2;
}

var cases = KillCase.All.Where(subject => !subject.IsJob || HasMpi()).ToArray();
if (cases.Length < KillCase.All.Length)
    Console.Error.WriteLine("reliability: there is no mpirun, so nothing is killed under MPI");
var random = new Random(count);
var results = new List<(KillCase, Tally)>();
foreach (var subject in cases)
{
    var alike = cases.Where(other => other.IsJob == subject.IsJob).ToArray();
    var place = Array.IndexOf(alike, subject);
    var share = (count * (place + 1) / alike.Length) - (count * place / alike.Length);
    var folder = Directory.CreateTempSubdirectory("pardsl-reliability-").FullName;
    try
    {
        Console.Error.WriteLine($"{subject.Name}: kills: {share} ...");
        results.Add((subject, new KillTrial(subject, program, folder, random).Run(share)));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

var table = FigureTable.Of(results);
Console.WriteLine(table);
if (document is not null)
    FigureTable.WriteInto(document, table);
return results.All(result => result.Item2.IsClean) ? 0 : 3;

static bool HasMpi() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "mpirun")));

static string? Take(List<string> words, string option)
{
    var place = words.IndexOf(option);
    if (place < 0 || place + 1 >= words.Count)
        return null;
    var value = words[place + 1];
    words.RemoveRange(place, 2);
    return value;
}
