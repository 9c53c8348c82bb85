namespace ParDsl.Compiler.Catalogue.Sources;

/// <summary>RFC 4180 files, .csv and .csv.gz.</summary>
internal static class CsvSource
{
    public static readonly ComponentRule Rule = new(
        "csv",
        "A text file of numbers, a sample a line, also compressed with gzip.",
        [
            new ArgumentRule("path", ArgumentType.Text, "The file, relative to the spec's folder.")
            {
                IsPositional = true,
                IsPath = true,
            },
            new ArgumentRule("header", ArgumentType.Choice, "Whether the first line holds names; auto looks.")
            {
                Default = "auto",
                Choices = ["auto", "true", "false"],
            },
            new ArgumentRule("delimiter", ArgumentType.Text, "What stands between two values.") { Default = "," },
        ]);
}
