using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Goldens;

namespace ParDsl.Compiler.Tests.Published;

/// <summary>examples/published/runs.json: the sources by their keys, and the runs.</summary>
public sealed record PublishedRuns(ImmutableSortedDictionary<string, string> Sources, ImmutableArray<PublishedRun> Runs)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Folder { get; } = Path.Combine(Golden.Root, "examples", "published");

    public static PublishedRuns Read() =>
        JsonSerializer.Deserialize<PublishedRuns>(File.ReadAllText(Path.Combine(Folder, "runs.json")), Options)
        ?? throw new InvalidDataException("runs.json holds nothing");
}
