using System.Collections.Immutable;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// In: a run's folder and state. Out: <c>checkpoints/step-N/</c> with the weights, the optimizer's states, state.json, the
/// spec and SHA256SUMS, which appears whole under its name or not at all.
/// </summary>
public static class CheckpointWriter
{
    /// <summary>What PyTorch's own tools write, and some readers insist on.</summary>
    private static readonly ImmutableSortedDictionary<string, string> Metadata =
        ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt");

    /// <summary>Writes the checkpoint and returns its folder. It takes the place of one that is already there.</summary>
    public static string Write(string runDirectory, TrainingState state)
    {
        var folder = CheckpointFolder.Of(runDirectory, state.Step);
        var temporary = AtomicFile.TemporaryName(folder);
        try
        {
            Directory.CreateDirectory(temporary);
            Fill(temporary, state);
            FolderFlush.Flush(temporary);
            FolderSwap.Put(temporary, folder);
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
        SafetensorsFile.Write(Path.Combine(folder, CheckpointFolder.ModelName), state.Model, Metadata);
        SafetensorsFile.Write(Path.Combine(folder, CheckpointFolder.OptimizerName), state.Optimizer, Metadata);
        AtomicFile.WriteText(Path.Combine(folder, CheckpointFolder.StateName), StateFile.Write(state));
        if (state.Spec.Length > 0)
            AtomicFile.WriteText(Path.Combine(folder, CheckpointFolder.SpecName), state.Spec);
        CheckpointSums.Write(folder);
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
