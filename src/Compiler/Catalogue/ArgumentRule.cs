using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>One argument of a component: its name, type, limits and default.</summary>
public sealed record ArgumentRule(string Name, ArgumentType Type, string Summary)
{
    /// <summary>
    /// The value where nothing is written; null: it must be written. Of the .NET type that <see cref="Type"/> names.
    /// </summary>
    public object? Default { get; init; }

    /// <summary>Whether it may be written without its name, at its place among the positional arguments.</summary>
    public bool IsPositional { get; init; }

    /// <summary>The least value allowed, for numbers and each number of a list.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest value allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is refused: a learning rate is above 0.</summary>
    public bool ExcludesMinimum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is refused: a dropout is below 1.</summary>
    public bool ExcludesMaximum { get; init; }

    /// <summary>Whether the text is a path: a relative one starts at the folder of the file that it is written in.</summary>
    public bool IsPath { get; init; }

    /// <summary>The names allowed, for <see cref="ArgumentType.Choice"/>.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];
}
