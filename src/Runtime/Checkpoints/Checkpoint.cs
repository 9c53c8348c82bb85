using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>A checkpoint whose files are whole: its state, the tensors still on the disk.</summary>
public sealed class Checkpoint
{
    internal Checkpoint(string path, TrainingState state) => (Path, State) = (path, state);

    public string Path { get; }

    /// <summary>Without tensors.</summary>
    public TrainingState State { get; }

    /// <summary>The state with its tensors, on the CPU. They are the caller's to dispose.</summary>
    /// <exception cref="RunFailedException">The weights are not those of the model.</exception>
    internal TrainingState Load(CheckedModel model)
    {
        var weights = WeightsLoader.Load(System.IO.Path.Combine(Path, CheckpointFolder.ModelName), model);
        try
        {
            var optimizer = SafetensorsFile.Read(System.IO.Path.Combine(Path, CheckpointFolder.OptimizerName));
            return State with { Model = weights, Optimizer = optimizer };
        }
        catch
        {
            foreach (var tensor in weights.Values)
                tensor.Dispose();
            throw;
        }
    }

    /// <summary>What the optimizer remembered of each parameter: <c>exp_avg</c>.</summary>
    internal ImmutableSortedSet<string> OptimizerStates() =>
    [
        .. SafetensorsFile.ReadHeader(System.IO.Path.Combine(Path, CheckpointFolder.OptimizerName)).Entries
            .Select(entry => entry.Name[(entry.Name.LastIndexOf('.') + 1)..])
            .Where(name => name != "step"),
    ];
}
