using System.Collections.Frozen;
using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Optimization.Optimizers;

namespace ParDsl.Runtime.Optimization;

/// <summary>The optimizer of each name; a test holds this list against the compiler's catalogue.</summary>
internal static class OptimizerFactory
{
    private delegate IOptimizer Make(ImmutableArray<FlatPiece> pieces, CheckedArguments arguments);

    private static readonly FrozenDictionary<string, Make> Optimizers = new Dictionary<string, Make>
    {
        ["adam"] = (pieces, arguments) => new AdamOptimizer(pieces, arguments, isDecoupled: false),
        ["adamw"] = (pieces, arguments) => new AdamOptimizer(pieces, arguments, isDecoupled: true),
        ["sgd"] = (pieces, arguments) => new SgdOptimizer(pieces, arguments),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Kinds => Optimizers.Keys.Order(StringComparer.Ordinal);

    /// <param name="pieces">What the rank updates, at least one.</param>
    public static IOptimizer Create(CheckedComponent optimizer, ImmutableArray<FlatPiece> pieces) =>
        Optimizers[optimizer.Kind](pieces, optimizer.Arguments);
}
