using System.Collections.Immutable;

namespace ParDsl.Compiler.Binding;

/// <summary>What an expression is worth. A percentage is already its hundredth; other units stay with their number.</summary>
public abstract record Value
{
    private Value()
    {
    }

    public sealed record Integer(long Number, string Unit = "") : Value;

    public sealed record Real(double Number, string Unit = "") : Value;

    public sealed record Flag(bool IsTrue) : Value;

    public sealed record Text(string Content) : Value;

    public sealed record List(ImmutableArray<Value> Items) : Value;
}
