namespace ParDsl.Compiler.Catalogue.Sources;

/// <summary>A text, learned character by character.</summary>
internal static class TextSource
{
    public static readonly ComponentRule Rule = new(
        "text",
        "A text in UTF-8, also compressed with gzip: each character is to be told from those before it.",
        [
            new ArgumentRule("path", ArgumentType.Text, "The file, relative to the spec's folder.")
            {
                IsPositional = true,
                IsPath = true,
            },
            new ArgumentRule("length", ArgumentType.Integer, "The characters of one sample.")
            {
                Minimum = 1,
                Maximum = int.MaxValue,
            },
        ]);
}
