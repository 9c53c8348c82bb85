using ParDsl.Compiler.Diagnostics;
using ParDsl.Printing;

namespace ParDsl.Compiler.Binding;

/// <summary>Values in messages.</summary>
internal static class ValueText
{
    /// <summary>Of a longer list a sentence shows only these.</summary>
    private const int MostItems = 20;

    /// <summary>As the language writes it: <c>3</c>, <c>200 steps</c>, <c>"a"</c>, <c>[1, 2]</c>.</summary>
    public static string Write(Value value) => value switch
    {
        Value.Integer integer => WithUnit(Wording.Number(integer.Number), integer.Unit),
        Value.Real real => WithUnit(Wording.Number(real.Number), real.Unit),
        Value.Flag flag => flag.IsTrue ? "true" : "false",
        Value.Text text => ValuePrinter.quoted(text.Content),
        Value.List { Items.Length: > MostItems } list =>
            $"[{string.Join(", ", list.Items.Take(MostItems).Select(Write))}, ...]",
        Value.List list => $"[{string.Join(", ", list.Items.Select(Write))}]",
        _ => "",
    };

    /// <summary>With its kind in words: "the text `"a"`".</summary>
    public static string Describe(Value value) => value switch
    {
        Value.Integer { Unit: "" } or Value.Real { Unit: "" } => $"the number {Write(value)}",
        Value.Integer or Value.Real => Write(value),
        Value.Flag => $"the flag {Write(value)}",
        Value.Text => $"the text {Write(value)}",
        _ => $"the list {Write(value)}",
    };

    private static string WithUnit(string number, string unit) => unit.Length == 0 ? number : $"{number} {unit}";
}
