using System.Collections.Frozen;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>The loss of each name; a test holds this list against the compiler's catalogue.</summary>
internal static class LossFactory
{
    private static readonly FrozenDictionary<string, Func<CheckedArguments, long, IMeasure>> Losses =
        new Dictionary<string, Func<CheckedArguments, long, IMeasure>>
        {
            ["bce_with_logits"] = (_, terms) => new BinaryCrossEntropyLoss(terms),
            ["cross_entropy"] = (arguments, _) => new CrossEntropyLoss(arguments.Real("label_smoothing")),
            ["l1"] = (_, terms) => new L1Loss(terms),
            ["mse"] = (_, terms) => new MeanSquaredErrorLoss(terms),
        }.ToFrozenDictionary();

    public static IEnumerable<string> Kinds => Losses.Keys.Order(StringComparer.Ordinal);

    /// <param name="output">The shape of what the model gives for a sample.</param>
    public static IMeasure Create(CheckedComponent loss, Shape output) => Losses[loss.Kind](loss.Arguments, output.ElementCount);
}
