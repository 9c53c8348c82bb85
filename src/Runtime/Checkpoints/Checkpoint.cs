using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>A checkpoint whose files are whole: its state, the tensors still on the disk.</summary>
public sealed class Checkpoint
{
    internal Checkpoint(string path, TrainingState state) => (Path, State) = (path, state);

    public string Path { get; }

    /// <summary>Without tensors.</summary>
    public TrainingState State { get; }

    /// <summary>
    /// The sums of its files, where nobody has held them against the files yet: each file is then, when it is first read. Null
    /// where all have been.
    /// </summary>
    internal ImmutableSortedDictionary<string, string>? UnprovenSums { get; init; }

    /// <summary>The state with its tensors, for ranks to take their parts of; the caller's to dispose of.</summary>
    /// <exception cref="RunFailedException">The weights are not those of the model.</exception>
    internal StoredState Open(CheckedModel model)
    {
        var weights = OpenModel();
        try
        {
            WeightsLoader.Check(System.IO.Path.Combine(Path, CheckpointFolder.ModelName), weights, model);
            return new StoredState(State, weights, Open(part => part.OptimizerName));
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The weights alone; the caller's to dispose of.</summary>
    internal StoredTensors OpenModel() => Open(part => part.ModelName);

    /// <summary>What the optimizer remembered of each parameter: <c>exp_avg</c>.</summary>
    internal ImmutableSortedSet<string> OptimizerStates()
    {
        using var optimizer = Open(part => part.OptimizerName);
        return [.. optimizer.ByName.Keys.Select(name => name[(name.LastIndexOf('.') + 1)..]).Where(name => name != "step")];
    }

    private StoredTensors Open(Func<CheckpointPart, string> nameOf) => StoredTensors.Open(
        CheckpointPart.All(State.PartCount).Select(nameOf).Select(name =>
            new TensorFile(System.IO.Path.Combine(Path, name), UnprovenSums?.GetValueOrDefault(name))));
}
