using System.Collections.Frozen;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Optimization.Optimizers;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization;

/// <summary>The optimizer of each name; a test holds this list against the compiler's catalogue.</summary>
internal static class OptimizerFactory
{
    private delegate IOptimizer Make(Tensor values, Tensor gradients, CheckedArguments arguments);

    private static readonly FrozenDictionary<string, Make> Optimizers = new Dictionary<string, Make>
    {
        ["adam"] = (values, gradients, arguments) => new AdamOptimizer(values, gradients, arguments, isDecoupled: false),
        ["adamw"] = (values, gradients, arguments) => new AdamOptimizer(values, gradients, arguments, isDecoupled: true),
        ["sgd"] = (values, gradients, arguments) => new SgdOptimizer(values, gradients, arguments),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Kinds => Optimizers.Keys.Order(StringComparer.Ordinal);

    /// <param name="values">All parameters side by side.</param>
    /// <param name="gradients">Their gradients in the same places.</param>
    public static IOptimizer Create(CheckedComponent optimizer, Tensor values, Tensor gradients) =>
        Optimizers[optimizer.Kind](values, gradients, optimizer.Arguments);
}
