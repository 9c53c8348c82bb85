using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>Cuts the model into pipeline stages: balanced by cost, or before the layers that the spec names.</summary>
internal static class StageCut
{
    /// <summary>
    /// A number read or written takes about as long as so many operations: layers that compute little are not free.
    /// </summary>
    private const long OperationsPerElement = 8;

    public static Diagnostic? Mistake(CheckedProgram program, int pipelineDegree)
    {
        if (program.Parallel.Pipeline is not { } request)
            return null;
        var (layers, stages) = (program.Model.Layers, StageCount(program, pipelineDegree));
        if (stages > layers.Length)
            return PipelineErrors.MoreStagesThanLayers(request, pipelineDegree, stages, layers.Length);
        if (request.Cuts.IsEmpty)
            return null;
        if (request.Cuts.Length != stages - 1)
            return PipelineErrors.CutsDifferFromStages(request, stages);
        var unknown = request.Cuts.FirstOrDefault(cut => layers.All(layer => layer.Name != cut));
        if (unknown is not null)
            return PipelineErrors.UnknownCut(request, unknown, layers.Select(layer => layer.Name));
        var places = request.Cuts.Select(cut => IndexOf(layers, cut)).Prepend(0).ToArray();
        for (var cut = 1; cut < places.Length; cut++)
        {
            if (places[cut] <= places[cut - 1])
                return PipelineErrors.CutsOutOfOrder(request, request.Cuts[cut - 1]);
        }

        return null;
    }

    /// <summary>For a program that <see cref="Mistake"/> finds nothing wrong with.</summary>
    public static ImmutableArray<StageRange> Cut(CheckedProgram program, int pipelineDegree)
    {
        var layers = program.Model.Layers;
        var starts = program.Parallel.Pipeline is { Cuts.IsEmpty: false } request
            ? [0, .. request.Cuts.Select(cut => IndexOf(layers, cut))]
            : StageBalance.FirstLayers([.. layers.Select(Cost)], StageCount(program, pipelineDegree));
        return
        [
            .. starts.Select((start, stage) =>
                new StageRange(stage, start, (stage + 1 < starts.Length ? starts[stage + 1] : layers.Length) - start)),
        ];
    }

    public static int StageCount(CheckedProgram program, int pipelineDegree) =>
        checked(pipelineDegree * (int)(program.Parallel.Pipeline?.Chunks ?? 1));

    private static int IndexOf(ImmutableArray<CheckedLayer> layers, string name) =>
        layers.First(layer => layer.Name == name).Index;

    private static long Cost(CheckedLayer layer) =>
        checked(layer.FlopsPerSample + (OperationsPerElement * layer.Output.ElementCount));
}
