using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Data.Synthetic;

/// <summary>
/// Makes the samples: inputs are standard normal, and targets come from a fixed random teacher, so that they can be learned. A
/// sample depends on the seed and its own position alone. Numbers are of single precision: both precisions train on the same.
/// </summary>
internal sealed class SyntheticTable(int count, int inputCount, int outputCount, long seed)
{
    // The standard deviation of what is added to targets that are values: no model meets them exactly.
    private const double Noise = 0.05;

    private readonly float[] inputs = new float[count * inputCount];
    private readonly float[] outputs = new float[count * outputCount];

    public SampleTable Make(CheckedTarget target)
    {
        var teacher = new Teacher(inputCount, outputCount, seed);
        var noise = target is CheckedTarget.Class ? 0 : Noise;
        Parallel.For(0, count, sample => MakeSample(sample, teacher, noise));
        SampleTargets targets = target is CheckedTarget.Class
            ? new SampleTargets.Classes([.. Enumerable.Range(0, count).Select(Largest)])
            : new SampleTargets.Values(new SingleMatrix(outputs, count, outputCount));
        return new SampleTable(new SingleMatrix(inputs, count, inputCount), targets);
    }

    private void MakeSample(int sample, Teacher teacher, double noise)
    {
        var random = new SplitMix64(seed, "sample", sample);
        var input = inputs.AsSpan(sample * inputCount, inputCount);
        for (var index = 0; index < input.Length; index++)
            input[index] = (float)random.Normal();
        var output = outputs.AsSpan(sample * outputCount, outputCount);
        teacher.Answer(input, output);
        for (var index = 0; index < output.Length; index++)
            output[index] = (float)(output[index] + (noise * random.Normal()));
    }

    /// <summary>The class whose output is the largest.</summary>
    private long Largest(int sample)
    {
        var output = outputs.AsSpan(sample * outputCount, outputCount);
        var best = 0;
        for (var index = 1; index < output.Length; index++)
            best = output[index] > output[best] ? index : best;
        return best;
    }
}
