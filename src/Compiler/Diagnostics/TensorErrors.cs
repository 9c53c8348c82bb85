using System.Numerics;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why tensor ranks cannot share a model: PD4030 to PD4039, one function per mistake.</summary>
public static class TensorErrors
{
    /// <param name="attention">The first whose heads the degree does not divide.</param>
    /// <param name="length">The places of the sequence, where they are to be divided too.</param>
    public static Diagnostic HeadsDoNotDivide(
        TensorRequest request, int degree, CheckedModel model, CheckedLayer attention, long? length)
    {
        var heads = attention.Arguments.Integer("heads");
        var fitting = Fitting(degree, model, length);
        return new(
            "PD4030",
            Severity.Error,
            request.Span,
            $"{heads} heads for {degree} ranks",
            $"`tensor {degree}` shares out the heads of each attention, and `{attention.Name}` ({attention.Place}) has {heads}: "
                + $"{heads} = {degree} x {heads / degree} + {heads % degree}",
            fitting > 1
                ? $"write `tensor {fitting}{(request.DividesSequence ? " sequence=true" : "")}`, or other `heads`"
                : "write other `heads`, or leave out `tensor`",
            []);
    }

    public static Diagnostic NothingToShare(TensorRequest request, int degree) => new(
        "PD4031",
        Severity.Error,
        request.Span,
        "nothing to share",
        $"`tensor {degree}` finds no layer to share: it takes a `linear` or `conv2d` whose outputs {degree} divides and that a "
            + "second one follows, an `attention`, or an `embedding`",
        $"write `data {degree}`, or sizes that {degree} divides",
        []);

    /// <param name="isShared">Whether the ranks can share layers without dividing the sequence.</param>
    public static Diagnostic PlacesDoNotDivide(
        TensorRequest request, int degree, CheckedModel model, long length, bool isShared)
    {
        var fitting = Fitting(degree, model, length);
        string[] mends =
        [
            .. fitting > 1 ? [$"`tensor {fitting} sequence=true`"] : (string[])[],
            .. FittingLengths(model, length, degree).Select(fits => $"`{OfLength(model, fits)}`"),
            .. isShared ? [$"`tensor {degree}` alone"] : (string[])[],
        ];
        return new(
            "PD4032",
            Severity.Error,
            request.Span,
            $"{length} places for {degree} ranks",
            $"`sequence=true` divides the sequence's places over the tensor ranks, and it has {length}: "
                + $"{length} = {degree} x {length / degree} + {length % degree}",
            $"write {string.Join(", or ", mends)}",
            []);
    }

    public static Diagnostic NoSequence(TensorRequest request, int degree, CheckedModel model) => new(
        "PD4033",
        Severity.Error,
        request.Span,
        "no sequence to divide",
        $"`sequence=true` divides values of [length, features] by their places, and "
            + (SequenceIsThere(model)
                ? "no layer of the model works place by place on one"
                : $"no layer of the model gives one: it takes {model.Input} and gives {model.Output}"),
        $"write `tensor {degree}`",
        []);

    /// <summary>The greatest degree up to the one that was asked for that divides the heads of every attention.</summary>
    /// <param name="length">What else it is to divide.</param>
    private static int Fitting(int degree, CheckedModel model, long? length) => Enumerable.Range(1, degree).Last(count =>
        length.GetValueOrDefault() % count == 0
        && model.Layers.Where(layer => layer.Kind == "attention").All(layer => layer.Arguments.Integer("heads") % count == 0));

    /// <summary>
    /// The next lengths of the data, below and above its own, whose sequence the ranks can divide. Where the first layer joins the
    /// input with itself, a sequence is so many times as long.
    /// </summary>
    private static IEnumerable<long> FittingLengths(CheckedModel model, long length, int degree)
    {
        var own = model.Input.Sizes[0];
        var step = degree / (long)BigInteger.GreatestCommonDivisor(degree, length / own);
        return new[] { own - (own % step), own - (own % step) + step }.Where(fits => fits > 0);
    }

    /// <summary>What stands in the data block for a sequence of so many places.</summary>
    private static string OfLength(CheckedModel model, long length) => model.InputKind is ValueKind.Tokens
        ? $"length={length}"
        : $"input {new Shape(model.Input.Sizes.SetItem(0, length))}";

    private static bool SequenceIsThere(CheckedModel model) =>
        model.Input.DimensionCount == 2 || model.Layers.Any(layer => layer.Output.DimensionCount == 2);
}
