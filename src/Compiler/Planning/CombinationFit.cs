using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>What cannot stand together in one layout.</summary>
internal static class CombinationFit
{
    /// <summary>For a model that can be cut into the stages asked for.</summary>
    public static Diagnostic? Mistake(CheckedProgram program, Degrees degrees)
    {
        if (degrees.Data == 1 || program.Parallel.Data is not { Shard: not ShardLevel.None } data)
            return null;
        if (program.Model.Layers.All(layer => layer.Shared.IsEmpty))
            return null;
        var stages = StageCut.Cut(program, degrees.Pipeline);
        var apart = program.Model.Layers
            .SelectMany(layer => layer.Shared.Select(shared => (layer, shared)))
            .FirstOrDefault(pair => PlaceOf(pair.layer.Index) != PlaceOf(pair.shared.OwnerLayer));
        return apart.shared is null ? null : PipelineErrors.ShardedTiesApart(data, apart.shared.Name, apart.layer.Name);

        int PlaceOf(int layer) => stages.Last(stage => stage.FirstLayer <= layer).Stage % degrees.Pipeline;
    }
}
