using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// The layouts of a program whose block leaves degrees out: all meshes over so many ranks with the degrees that are written, and
/// nothing else changed. What cannot be is named once for each reason.
/// </summary>
internal sealed class OpenDegrees : ILayoutOptions
{
    private readonly CheckedProgram program;
    private readonly Dictionary<string, (string Layout, Diagnostic Why)> refused = new(StringComparer.Ordinal);

    /// <param name="ranksOfMachine">As for <see cref="LayoutOptions"/>, where the number of tensor ranks is not written.</param>
    public OpenDegrees(CheckedProgram program, int worldSize, int ranksOfMachine)
    {
        this.program = program;
        All = [.. Every(program, worldSize, ranksOfMachine).Where(Fits)];
    }

    public ImmutableArray<LayoutOption> All { get; }

    public IEnumerable<(string Layout, Diagnostic Why)> Refused => refused.Values;

    /// <summary>With those that the model or the batch cannot be cut for.</summary>
    public static IEnumerable<LayoutOption> Every(CheckedProgram program, int worldSize, int ranksOfMachine)
    {
        return
            from tensor in DegreesOf(program.Parallel.Tensor?.Degree, ranksOfMachine)
            from pipeline in DegreesOf(StageDegree(program.Parallel.Pipeline), worldSize)
            from data in DegreesOf(program.Parallel.Data?.Degree, worldSize)
            where (long)data * pipeline * tensor == worldSize
            select Option(program, new Degrees(data, pipeline, tensor));

        // 0 is written where the degree is left out, null where the axis is.
        IEnumerable<int> DegreesOf(long? written, int most) => written switch
        {
            null => [1],
            0 => Enumerable.Range(1, most).Where(degree => most % degree == 0),
            > 0 and var degree when worldSize % degree == 0 => [(int)degree],
            _ => [],
        };
    }

    private static long? StageDegree(PipelineRequest? request) =>
        request is { Degree: 0 } ? StageCut.DegreeOfCuts(request) : request?.Degree;

    private static LayoutOption Option(CheckedProgram program, Degrees degrees)
    {
        var (parallel, pipeline) = (program.Parallel, program.Parallel.Pipeline);
        return new LayoutOption(
            degrees,
            parallel.Data?.Shard ?? ShardLevel.None,
            BatchCut.MicroBatchCount(program, degrees.Pipeline) / program.Training.Accumulate,
            pipeline?.Schedule ?? ScheduleKind.OneForwardOneBackward,
            (int)(pipeline?.Chunks ?? 1),
            parallel.Recompute,
            parallel.Tensor?.DividesSequence ?? false);
    }

    private bool Fits(LayoutOption option)
    {
        var mistakes = LayoutFit.Mistakes(program with { Parallel = option.Request(program.Parallel) }, option.Degrees);
        if (mistakes.IsEmpty)
            return true;
        refused.TryAdd(mistakes[0].Message, (option.Words, mistakes[0]));
        return false;
    }
}
