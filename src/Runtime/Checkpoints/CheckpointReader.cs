using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>In: a checkpoint's folder. Out: the checkpoint, if every file has the bits that were written, or what is wrong.</summary>
public static class CheckpointReader
{
    /// <param name="flaw">Why it is none, in words: "`model.safetensors` is missing"; empty where it is whole.</param>
    /// <exception cref="RunFailedException">It is whole, and of a version that this one does not read.</exception>
    public static Checkpoint? Read(string folder, out string flaw) => Read(folder, sums => CheckpointSums.Flaw(folder, sums), out flaw);

    /// <summary>
    /// The same where another process has found it whole: only the small files are read now, and the others' bits are proven
    /// when they are.
    /// </summary>
    public static Checkpoint? ReadLazily(string folder, out string flaw) =>
        Read(folder, sums => CheckpointSums.Flaw(folder, Small(sums)), out flaw) is { } found
            ? new Checkpoint(folder, found.State) { UnprovenSums = CheckpointSums.Read(folder, out _) }
            : null;

    private static Checkpoint? Read(
        string folder, Func<ImmutableSortedDictionary<string, string>, string?> flawOf, out string flaw)
    {
        try
        {
            if (CheckpointSums.Read(folder, out flaw) is not { } sums)
                return null;
            flaw = flawOf(sums) ?? "";
            return flaw.Length > 0 ? null : ReadState(folder, sums, out flaw);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            flaw = $"it cannot be read: {FileTrouble.Words(trouble)}";
            return null;
        }
    }

    private static ImmutableSortedDictionary<string, string> Small(ImmutableSortedDictionary<string, string> sums) =>
        sums.RemoveRange(sums.Keys.Where(name => Path.GetExtension(name) == Path.GetExtension(CheckpointFolder.ModelName)));

    private static Checkpoint? ReadState(string folder, ImmutableSortedDictionary<string, string> sums, out string flaw)
    {
        flaw = "";
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, CheckpointFolder.StateName)));
            if (StateFile.VersionOf(json.RootElement) is { } version && !StateFile.CanRead(version))
                throw CheckpointErrors.OtherVersion(folder, version, StateFile.FormatVersion);
            var state = StateFile.Read(json.RootElement) with { Spec = Spec(folder) };
            flaw = CheckpointSums.FirstNotNamed(sums, TensorFiles(state.PartCount)) ?? OtherName(folder, state.Step) ?? "";
            return flaw.Length > 0 ? null : new Checkpoint(folder, state);
        }
        catch (Exception cause) when (cause is JsonException or FormatException)
        {
            flaw = $"`{CheckpointFolder.StateName}` is not as it was written";
            return null;
        }
    }

    /// <summary>
    /// That a folder bears the name of another update, in words: a copy of an old checkpoint that took a newer one's name would
    /// lose what came between. Null where it does not.
    /// </summary>
    private static string? OtherName(string folder, long step) => CheckpointFolder.StepOf(folder) is { } named && named != step
        ? string.Create(CultureInfo.InvariantCulture, $"it is of update {step}, and bears the name of another one")
        : null;

    private static IEnumerable<string> TensorFiles(int partCount) =>
        CheckpointPart.All(partCount).SelectMany(part => (string[])[part.ModelName, part.OptimizerName]);

    private static string Spec(string folder)
    {
        var path = Path.Combine(folder, CheckpointFolder.SpecName);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
