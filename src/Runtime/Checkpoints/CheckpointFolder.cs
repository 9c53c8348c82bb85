using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>Where a run's checkpoints lie: <c>checkpoints/step-N</c> below its folder, and what each holds.</summary>
public static class CheckpointFolder
{
    public const string Name = "checkpoints";

    /// <summary>A link to the best checkpoint, where the spec asks for one.</summary>
    public const string BestName = "best";

    public const string ModelName = "model.safetensors";
    public const string OptimizerName = "optimizer.safetensors";
    public const string StateName = "state.json";

    /// <summary>The spec with every default, as the run had it.</summary>
    public const string SpecName = "spec.pd";

    public const string SumsName = "SHA256SUMS";

    private const string Prefix = "step-";

    public static string Of(string runDirectory, long step) =>
        Path.Combine(runDirectory, Name, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}"));

    /// <summary>The step in a checkpoint folder's name; null where it is no such name.</summary>
    public static long? StepOf(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && name == string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}")
            ? step
            : null;
    }

    /// <summary>Every checkpoint of a run by name, whole or not, the newest first.</summary>
    public static ImmutableArray<(long Step, string Path)> List(string runDirectory)
    {
        var folder = Path.Combine(runDirectory, Name);
        if (!Directory.Exists(folder))
            return [];
        return
        [
            .. Directory.EnumerateDirectories(folder)
                .Select(path => (Step: StepOf(path), Path: path))
                .Where(entry => entry.Step is not null)
                .Select(entry => (entry.Step!.Value, entry.Path))
                .OrderByDescending(entry => entry.Value),
        ];
    }
}
