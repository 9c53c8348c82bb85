using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The runs of layers whose activations are computed again: at most as long as asked for, and ended, within their second half,
/// where the fewest numbers go over to the next run: between two residual blocks rather than inside one.
/// </summary>
internal static class RecomputeRuns
{
    /// <summary>The first layer of each run of a stage.</summary>
    public static IEnumerable<int> Starts(CheckedProgram program, ModelFlow flow, StageRange stage)
    {
        var length = program.Parallel.Recompute.RunLength(stage.LayerCount);
        for (var start = stage.FirstLayer; start < stage.End; start = End(flow, stage, start, length))
            yield return start;
    }

    /// <summary>Of equally good ends the last one: longer runs keep less.</summary>
    private static int End(ModelFlow flow, StageRange stage, int start, int length)
    {
        var latest = start + length;
        if (latest >= stage.End)
            return stage.End;
        var (best, crossing) = (latest, flow.ElementsAcross(latest));
        for (var end = latest - 1; end > start + (length / 2); end--)
        {
            if (flow.ElementsAcross(end) < crossing)
                (best, crossing) = (end, flow.ElementsAcross(end));
        }

        return best;
    }
}
