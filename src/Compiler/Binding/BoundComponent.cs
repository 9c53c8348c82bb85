using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A component with the rule that it meets and the word that names it.</summary>
internal sealed record BoundComponent<TRule>(TRule Rule, CheckedComponent Component, NameSyntax Name, CallSyntax Call)
    where TRule : class, IComponentRule;
