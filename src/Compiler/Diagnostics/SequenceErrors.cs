using ParDsl.Compiler.Layers;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD2105 and PD3080 to PD3083: tokens and numbers, and layers over a sequence. One function a mistake.</summary>
internal static class SequenceErrors
{
    /// <summary>A divisor is not looked for farther off than this: a large prime has none but itself and 1.</summary>
    private const long Farthest = 100_000;

    public static Diagnostic WavesAreFixed(LayerContext context)
    {
        var deviation = Wording.Number(context.Arguments.Real("std"));
        return Finding.Error(
            "PD2105",
            context.Span,
            $"sinusoidal positions are fixed and start with no random numbers, so `std={deviation}` has nothing to say",
            "nothing that it could change",
            $"write `positions sinusoidal`, or `positions learned std={deviation}`");
    }

    /// <param name="vocabulary">That of the tokens that come in.</param>
    public static Diagnostic NeedsNumbers(SourceSpan span, string title, long vocabulary) => Finding.Error(
        "PD3080",
        span,
        $"`{title}` computes with real numbers, and what comes in is tokens: whole numbers below {Wording.Number(vocabulary)} "
            + "that stand for characters",
        "tokens come in",
        "write `embedding 128` before it: it makes 128 numbers of each token");

    public static Diagnostic NeedsTokens(LayerContext context) => Finding.Error(
        "PD3081",
        context.Span,
        $"`{context.Title}` looks tokens up in its table, and what comes in is real numbers of shape {context.Input}",
        "real numbers come in",
        $"write `linear {Wording.Number(context.Arguments.Integer("features"))}`, or read tokens: "
            + "`source text \"book.txt\" length=128`");

    public static Diagnostic NeedsSequence(LayerContext context) => Finding.Error(
        "PD3082",
        context.Span,
        $"`{context.Title}` needs [length, features], and what comes in is {context.Input}",
        Wording.Count(context.Input.DimensionCount, "dimension comes in", "dimensions come in"),
        context.Input.DimensionCount == 1
            ? $"write `input [1, {Wording.Number(context.Input.Sizes[0])}]` in the data block: a sequence of one place"
            : "put it where a sequence comes in: behind `embedding`, or after `input [16, 32]` in the data block");

    public static Diagnostic HeadsDoNotDivide(LayerContext context, long heads)
    {
        var features = context.Input.Sizes[1];
        return Finding.Error(
            "PD3083",
            context.Span,
            $"`{context.Title}` cannot share the {Wording.Count(features, "feature")} of {context.Input} among "
                + $"{Wording.Number(heads)} heads: {Wording.Number(features)} = {Wording.Number(heads)} * "
                + $"{Wording.Number(features / heads)} + {Wording.Number(features % heads)}",
            $"{Wording.Number(features % heads)} left over",
            $"write {Wording.Or(NearestDivisors(features, heads).Select(number => $"heads={Wording.Number(number)}"))}");
    }

    /// <summary>The divisors next to a number that is none: below it, and above it where there is a near one.</summary>
    private static IEnumerable<long> NearestDivisors(long features, long heads)
    {
        yield return Divisor(features, Math.Min(heads, features), -1) ?? 1;
        if (heads < features && Divisor(features, heads, 1) is { } above)
            yield return above;
    }

    /// <summary>The first divisor from a number on, upwards or downwards; null where none is near.</summary>
    private static long? Divisor(long features, long first, int direction)
    {
        for (var distance = 0; distance < Math.Min(Farthest, features); distance++)
        {
            var number = first + ((long)direction * distance);
            if (number < 1 || number > features)
                return null;
            if (features % number == 0)
                return number;
        }

        return null;
    }
}
