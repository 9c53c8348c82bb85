using System.Collections.Frozen;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>The loss of each name; a test holds this list against the compiler's catalogue.</summary>
internal static class LossFactory
{
    private static readonly FrozenDictionary<string, Func<CheckedArguments, Shape, IMeasure>> Losses =
        new Dictionary<string, Func<CheckedArguments, Shape, IMeasure>>
        {
            ["bce_with_logits"] = (_, output) => new BinaryCrossEntropyLoss(output.ElementCount),
            ["cross_entropy"] = (arguments, output) =>
                new CrossEntropyLoss(arguments.Real("label_smoothing"), ClassPlaces.Count(output)),
            ["l1"] = (_, output) => new L1Loss(output.ElementCount),
            ["mse"] = (_, output) => new MeanSquaredErrorLoss(output.ElementCount),
        }.ToFrozenDictionary();

    public static IEnumerable<string> Kinds => Losses.Keys.Order(StringComparer.Ordinal);

    /// <param name="output">The shape of what the model gives for a sample.</param>
    public static IMeasure Create(CheckedComponent loss, Shape output) => Losses[loss.Kind](loss.Arguments, output);
}
