using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>The same updates in more micro-batches, whose activations are fewer at a time.</summary>
internal static class SmallerMicroBatches
{
    private const int MostTimes = 256;

    /// <summary>By twice as many, four times as many and so on; none where a layer learns from a micro-batch's statistics.</summary>
    public static IEnumerable<CheckedProgram> Of(CheckedProgram program)
    {
        if (LayerCatalogue.LearnsFromStatistics(program.Model))
            yield break;
        for (var factor = 2L; factor <= MostTimes; factor *= 2)
            yield return program with { Training = program.Training with { Accumulate = program.Training.Accumulate * factor } };
    }
}
