using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What the layers of a program took where they were measured, beside what curves of rates say: the quotient corrects those, for
/// other numbers of samples, too.
/// </summary>
internal sealed class MeasuredLayers
{
    private readonly CheckedProgram program;

    /// <summary>Of each layer as a rank has it; where nothing was measured, nobody is asked for names.</summary>
    private readonly ImmutableArray<ImmutableArray<LayerSpeed>> parts;
    private readonly Lazy<ImmutableArray<ImmutableArray<LayerSpeed>>> wholes;

    /// <param name="tensor">The layers as one rank has them.</param>
    /// <param name="hasReplicas">Whether data ranks share each batch.</param>
    public MeasuredLayers(CheckedProgram program, TensorPlan tensor, bool hasReplicas, LayerSpeeds speeds)
    {
        this.program = program;
        parts = Speeds(() => new LayerIdentity(program, tensor, hasReplicas).All);
        wholes = new(() => Speeds(() => LayerIdentity.OfWhole(program, hasReplicas)));

        ImmutableArray<ImmutableArray<LayerSpeed>> Speeds(Func<ImmutableArray<string>> names) => speeds.ByLayer.IsEmpty
            ? [.. Enumerable.Repeat(ImmutableArray<LayerSpeed>.Empty, program.Model.Layers.Length)]
            : [.. names().Select(speeds.Of)];
    }

    /// <summary>Whether each layer of the program was, as a rank has it.</summary>
    public bool IsWhole => parts.All(speeds => !speeds.IsEmpty);

    /// <summary>
    /// What to multiply the times of a layer's passes with: between two measured numbers of samples what lies between. A tensor
    /// rank's part that was not measured is corrected as the whole layer is.
    /// </summary>
    /// <param name="part">The layer as a rank has it.</param>
    /// <param name="estimate">Of a layer, for so many samples.</param>
    public (double Forward, double Backward) Factors(CheckedLayer part, int samples, Func<CheckedLayer, int, PassSeconds> estimate)
    {
        var (layer, known) = Has(part.Index) ? (part, parts[part.Index]) : (program.Model.Layers[part.Index], wholes.Value[part.Index]);
        if (known.IsEmpty)
            return (1, 1);
        var estimated = known.Select(speed => estimate(layer, speed.Samples)).ToImmutableArray();
        return (
            Between(known, samples, known.Zip(estimated, (speed, pass) => Quotient(speed.ForwardSeconds, pass.Forward))),
            Between(known, samples, known.Zip(estimated, (speed, pass) => Quotient(speed.BackwardSeconds, pass.Backward))));
    }

    /// <summary>Whether a layer was measured as a rank has it: then what it moves between ranks is in its time.</summary>
    public bool Has(int layer) => !parts[layer].IsEmpty;

    private static double Quotient(double measured, double estimated) => estimated > 0 ? measured / estimated : 1;

    /// <summary>Over the logarithm of the samples, as rates are.</summary>
    private static double Between(ImmutableArray<LayerSpeed> known, int samples, IEnumerable<double> factors) =>
        new RateCurve([.. known.Zip(factors, (speed, factor) => new RatePoint(speed.Samples, factor))]).At(samples);
}
