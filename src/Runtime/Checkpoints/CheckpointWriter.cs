using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// In: a run's folder and state. Out: <c>checkpoints/step-N/</c> with model.safetensors, optimizer.safetensors and
/// state.json, which appears whole under its name or not at all.
/// </summary>
public static class CheckpointWriter
{
    public const string FolderName = "checkpoints";
    public const string ModelName = "model.safetensors";
    public const string OptimizerName = "optimizer.safetensors";
    public const string StateName = "state.json";

    /// <summary>Grows when an older reader could no longer read what is written.</summary>
    private const int FormatVersion = 1;

    /// <summary>What PyTorch's own tools write, and some readers insist on.</summary>
    private static readonly ImmutableSortedDictionary<string, string> Metadata =
        ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt");

    /// <summary>Writes the checkpoint and returns its folder. One that is already there is the same state, and stays.</summary>
    public static string Write(string runDirectory, TrainingState state)
    {
        var folder = Path.Combine(runDirectory, FolderName, string.Create(CultureInfo.InvariantCulture, $"step-{state.Step}"));
        if (Directory.Exists(folder))
            return folder;
        var temporary = AtomicFile.TemporaryName(folder);
        try
        {
            Directory.CreateDirectory(temporary);
            Fill(temporary, state);
            FolderFlush.Flush(temporary);
            Directory.Move(temporary, folder);
            FolderFlush.Flush(Path.GetDirectoryName(folder)!);
            return folder;
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            Remove(temporary);
            throw FileErrors.CannotWrite(folder, trouble);
        }
        catch (RunFailedException failure) when (failure.InnerException is { } trouble)
        {
            // It names the temporary folder, which is gone by the time anyone reads the message.
            Remove(temporary);
            throw FileErrors.CannotWrite(folder, trouble);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Fill(string folder, TrainingState state)
    {
        var (model, optimizer) = (Path.Combine(folder, ModelName), Path.Combine(folder, OptimizerName));
        SafetensorsFile.Write(model, state.Model, Metadata);
        SafetensorsFile.Write(optimizer, state.Optimizer, Metadata);
        AtomicFile.WriteText(Path.Combine(folder, StateName), Describe(state, Checksum(model), Checksum(optimizer)));
    }

    private static string Describe(TrainingState state, string modelChecksum, string optimizerChecksum)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format_version", FormatVersion);
            json.WriteNumber("step", state.Step);
            json.WriteNumber("epoch", state.Epoch);
            json.WriteNumber("data_position", state.DataPosition);
            json.WriteNumber("seed", state.Seed);
            json.WriteString("fingerprint", state.Fingerprint);
            if (state.LossScale is { } scale)
                WriteLossScale(json, scale);
            json.WriteStartObject("checksums");
            json.WriteString(ModelName, modelChecksum);
            json.WriteString(OptimizerName, optimizerChecksum);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    private static void WriteLossScale(Utf8JsonWriter json, LossScaleState scale)
    {
        json.WriteStartObject("loss_scale");
        json.WriteNumber("scale", scale.Scale);
        json.WriteNumber("steps_at_scale", scale.StepsAtScale);
        json.WriteNumber("skipped_steps", scale.SkippedSteps);
        json.WriteEndObject();
    }

    private static string Checksum(string path)
    {
        using var stream = File.OpenRead(path);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Remove(string temporary)
    {
        try
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            // The first trouble is the one to tell of; what cannot be removed bears a name that nobody reads.
        }
    }
}
