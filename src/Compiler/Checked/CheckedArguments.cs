using System.Collections.Immutable;

namespace ParDsl.Compiler.Checked;

/// <summary>
/// The arguments of a checked component by their rule's names, every default filled in. A value is one of
/// <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, or an
/// <see cref="ImmutableArray{T}"/> of long or string: the rule's type says which.
/// </summary>
public sealed record CheckedArguments(ImmutableSortedDictionary<string, object> Values)
{
    public static readonly CheckedArguments None = new(ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal));

    public long Integer(string name) => (long)Values[name];

    public double Real(string name) => (double)Values[name];

    public bool Flag(string name) => (bool)Values[name];

    public string Text(string name) => (string)Values[name];

    public ImmutableArray<long> Integers(string name) => (ImmutableArray<long>)Values[name];

    public ImmutableArray<string> Texts(string name) => (ImmutableArray<string>)Values[name];
}
