using System.Collections.Immutable;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>Every way to make one value of several.</summary>
public static class CombinationCatalogue
{
    /// <summary>What ends a <c>residual</c>, too.</summary>
    public static readonly ICombinationRule Add = new AddCombination();

    /// <summary>Sorted by name.</summary>
    public static readonly ImmutableArray<ICombinationRule> Rules =
    [
        Add,
        new ConcatCombination(),
        new MultiplyCombination(),
    ];

    /// <summary>The rule of that name; null where there is none.</summary>
    public static ICombinationRule? Find(string name) => Rules.FirstOrDefault(rule => rule.Name == name);
}
