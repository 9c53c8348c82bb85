using System.Text.Json;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>In: a checkpoint's folder. Out: the checkpoint, if every file has the bits that were written, or what is wrong.</summary>
public static class CheckpointReader
{
    /// <param name="flaw">Why it is none, in words: "`model.safetensors` is missing"; empty where it is whole.</param>
    /// <exception cref="RunFailedException">It is whole, and of a version that this one does not read.</exception>
    public static Checkpoint? Read(string folder, out string flaw)
    {
        try
        {
            flaw = CheckpointSums.Flaw(folder) ?? "";
            return flaw.Length > 0 ? null : ReadState(folder, out flaw);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            flaw = $"it cannot be read: {FileTrouble.Words(trouble)}";
            return null;
        }
    }

    private static Checkpoint? ReadState(string folder, out string flaw)
    {
        flaw = "";
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, CheckpointFolder.StateName)));
            var version = StateFile.VersionOf(json.RootElement);
            if (version is not null and not StateFile.FormatVersion)
                throw CheckpointErrors.OtherVersion(folder, version.Value, StateFile.FormatVersion);
            return new Checkpoint(folder, StateFile.Read(json.RootElement) with { Spec = Spec(folder) });
        }
        catch (Exception cause) when (cause is JsonException or FormatException)
        {
            flaw = $"`{CheckpointFolder.StateName}` is not as it was written";
            return null;
        }
    }

    private static string Spec(string folder)
    {
        var path = Path.Combine(folder, CheckpointFolder.SpecName);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
