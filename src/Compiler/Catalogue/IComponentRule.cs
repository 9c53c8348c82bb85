using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>
/// What the catalogue knows of a layer, loss, optimizer, schedule, metric or source: its name and its arguments.
/// </summary>
public interface IComponentRule
{
    /// <summary>The name in the language: <c>conv2d</c>.</summary>
    string Name { get; }

    /// <summary>One sentence for the documentation.</summary>
    string Summary { get; }

    ImmutableArray<ArgumentRule> Arguments { get; }
}
