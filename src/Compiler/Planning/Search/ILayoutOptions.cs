using System.Collections.Immutable;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>The layouts over so many ranks that a search compares.</summary>
internal interface ILayoutOptions
{
    ImmutableArray<LayoutOption> All { get; }

    /// <summary>What cannot be, and why.</summary>
    IEnumerable<(string Layout, Diagnostic Why)> Refused { get; }
}
