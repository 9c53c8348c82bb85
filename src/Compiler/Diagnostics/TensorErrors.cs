using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why tensor ranks cannot share a model: PD4030 to PD4039, one function per mistake.</summary>
public static class TensorErrors
{
    public static Diagnostic HeadsDoNotDivide(TensorRequest request, int degree, CheckedLayer attention)
    {
        var heads = attention.Arguments.Integer("heads");
        var fitting = Enumerable.Range(1, degree).Last(count => heads % count == 0);
        return new(
            "PD4030",
            Severity.Error,
            request.Span,
            $"{heads} heads for {degree} ranks",
            $"`tensor {degree}` shares out the heads of each attention, and `{attention.Name}` ({attention.Place}) has {heads}: "
                + $"{heads} = {degree} x {heads / degree} + {heads % degree}",
            fitting > 1 ? $"write `tensor {fitting}`, or other `heads`" : "write other `heads`, or leave out `tensor`",
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
}
