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
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal).Add("format", "pt");

    /// <summary>Writes the checkpoint and returns its folder. It takes the place of one that is already there.</summary>
    public static string Write(string runDirectory, TrainingState state) => Write(
        CheckpointFolder.Of(runDirectory, state.Step), AtomicFile.TemporaryName(CheckpointFolder.Of(runDirectory, state.Step)), temporary =>
        {
            WritePart(temporary, CheckpointPart.Whole, state);
            Complete(temporary, state, ImmutableSortedDictionary<string, string>.Empty);
        });

    /// <summary>The same where others write to the folder too, as long as its name is a hidden one.</summary>
    /// <param name="temporary">The hidden name, beside the folder's own.</param>
    /// <param name="fill">Writes all that belongs there; gets the hidden name.</param>
    internal static string Write(string folder, string temporary, Action<string> fill)
    {
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
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

    /// <summary>Writes the state's tensors as one part, flushed to the disk.</summary>
    internal static void WritePart(string folder, CheckpointPart part, TrainingState state)
    {
        WriteTensors(Path.Combine(folder, part.ModelName), state.Model, state);
        WriteTensors(Path.Combine(folder, part.OptimizerName), state.Optimizer, state);
    }

    /// <summary>Writes what belongs to a checkpoint beside its tensors, when all of those are there.</summary>
    /// <param name="told">The sums of files that other processes have written, by name.</param>
    internal static void Complete(string folder, TrainingState state, ImmutableSortedDictionary<string, string> told)
    {
        AtomicFile.WriteText(Path.Combine(folder, CheckpointFolder.StateName), StateFile.Write(state));
        if (state.Spec.Length > 0)
            AtomicFile.WriteText(Path.Combine(folder, CheckpointFolder.SpecName), state.Spec);
        CheckpointSums.Write(folder, told);
    }

    private static void WriteTensors(
        string path, ImmutableSortedDictionary<string, TorchSharp.torch.Tensor> tensors, TrainingState state) =>
        SafetensorsFile.Write(path, tensors, Metadata.AddRange(PieceMetadata.Of(tensors.Keys, state.Places)));

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
