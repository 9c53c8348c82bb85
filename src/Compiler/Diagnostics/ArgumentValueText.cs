using System.Collections.Immutable;
using ParDsl.Printing;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>A checked argument's value as the language writes it.</summary>
internal static class ArgumentValueText
{
    public static string Write(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        long integer => Wording.Number(integer),
        double real => Wording.Number(real),
        ImmutableArray<long> integers => $"[{string.Join(", ", integers.Select(Wording.Number))}]",
        ImmutableArray<string> texts => $"[{string.Join(", ", texts.Select(ValuePrinter.quoted))}]",
        string text => text,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };
}
