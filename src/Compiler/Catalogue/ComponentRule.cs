using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>A component that is nothing but its name and arguments: what it does is the runtime's.</summary>
internal sealed record ComponentRule(string Name, string Summary, ImmutableArray<ArgumentRule> Arguments) : IComponentRule;
