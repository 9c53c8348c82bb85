using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Catalogue.Optimizers;

/// <summary>How far Adam's step can lead, whatever the gradients are.</summary>
internal static class AdamStep
{
    /// <summary>
    /// In learning rates. The step is the running mean over the root of the running mean of squares. By Cauchy and Schwarz
    /// the first is at most (1 - beta1) / sqrt(1 - beta2) * sqrt(the sum of (beta1^2 / beta2)^k over the updates so far) times
    /// the second; the corrections of their bias follow. That is 1 in the first update, and with the usual betas 1.01 in the
    /// fifth, 2.2 in the hundredth and 7.3 in the limit. Where the squares are forgotten sooner than the mean, beta2 less than
    /// beta1^2, that soon says nothing, and with a beta2 of 0 never; but no mean is larger than the gradients, and what divides
    /// it is epsilon at least.
    /// </summary>
    /// <param name="gradient">What no gradient is larger than; infinite where that is not known.</param>
    public static double Longest(CheckedArguments arguments, long update, double gradient)
    {
        var (beta1, beta2) = (arguments.Real("beta1"), arguments.Real("beta2"));
        var ratio = beta1 == 0 ? 0 : beta1 * beta1 / beta2;
        var (sum, term) = (0.0, 1.0);
        for (var past = 0L; past < update; past++, term *= ratio)
            sum += term;
        var corrections = Math.Sqrt(1 - Math.Pow(beta2, update)) / (1 - Math.Pow(beta1, update));
        var longest = (1 - beta1) / Math.Sqrt(1 - beta2) * Math.Sqrt(sum) * corrections;
        return ratio > 1 ? Math.Min(longest, gradient / arguments.Real("epsilon")) : longest;
    }
}
