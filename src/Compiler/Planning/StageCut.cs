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

    public static IEnumerable<Diagnostic> Mistakes(CheckedProgram program, int pipelineDegree)
    {
        if (program.Parallel.Pipeline is not { } request)
            yield break;
        var (layers, stages) = (program.Model.Layers, StageCount(program, pipelineDegree));
        if (stages > layers.Length)
            yield return PipelineErrors.MoreStagesThanLayers(request, pipelineDegree, stages, layers.Length);
        else if (!request.Cuts.IsEmpty && request.Cuts.Length != stages - 1)
            yield return PipelineErrors.CutsDifferFromStages(request, stages);
        foreach (var mistake in CutMistakes(request, layers))
            yield return mistake;
    }

    /// <summary>Names that no layer has; the order is judged where all are known.</summary>
    private static ImmutableArray<Diagnostic> CutMistakes(PipelineRequest request, ImmutableArray<CheckedLayer> layers)
    {
        var places = request.Cuts.Select(cut => IndexOf(layers, cut)).ToArray();
        ImmutableArray<Diagnostic> unknown =
        [
            .. request.Cuts
                .Where((_, place) => places[place] < 0)
                .Distinct()
                .Select(cut => PipelineErrors.UnknownCut(request, cut, layers.Skip(1).Select(layer => layer.Name))),
        ];
        if (!unknown.IsEmpty)
            return unknown;
        var early = Enumerable.Range(0, places.Length)
            .FirstOrDefault(cut => places[cut] <= (cut == 0 ? 0 : places[cut - 1]), -1);
        if (early < 0)
            return [];
        var inOrder = request.Cuts.Zip(places).OrderBy(cut => cut.Second).Select(cut => cut.First).Distinct();
        return [PipelineErrors.CutOutOfPlace(request, early, inOrder)];
    }

    /// <summary>For a program that <see cref="Mistakes"/> finds nothing wrong with.</summary>
    public static ImmutableArray<StageRange> Cut(CheckedProgram program, int pipelineDegree)
    {
        var layers = program.Model.Layers;
        var starts = program.Parallel.Pipeline is { Cuts.IsEmpty: false } request
            ? [0, .. request.Cuts.Select(cut => IndexOf(layers, cut))]
            : StageBalance.FirstLayers([.. layers.Select(Cost)], (int)StageCount(program, pipelineDegree));
        return
        [
            .. starts.Select((start, stage) =>
                new StageRange(stage, start, (stage + 1 < starts.Length ? starts[stage + 1] : layers.Length) - start)),
        ];
    }

    /// <summary>The degree that the cuts call for; 0 where there are none, or they do not make whole ranks.</summary>
    public static long DegreeOfCuts(PipelineRequest request) =>
        request.Cuts.IsEmpty || (request.Cuts.Length + 1) % request.Chunks != 0 ? 0 : (request.Cuts.Length + 1) / request.Chunks;

    private static long StageCount(CheckedProgram program, int pipelineDegree) =>
        pipelineDegree * (program.Parallel.Pipeline?.Chunks ?? 1);

    /// <summary>The layer of that name, or the first one in the block of that name; -1 where there is none.</summary>
    private static int IndexOf(ImmutableArray<CheckedLayer> layers, string name) => layers
        .FirstOrDefault(layer => layer.Name == name || layer.Name.StartsWith($"{name}.", StringComparison.Ordinal))?.Index ?? -1;

    private static long Cost(CheckedLayer layer) =>
        checked(layer.FlopsPerSample + (OperationsPerElement * layer.Output.ElementCount));
}
