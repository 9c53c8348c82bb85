namespace ParDsl.Compiler.Catalogue.Sources;

/// <summary>The IDX format of MNIST and its kin.</summary>
internal static class IdxSource
{
    public static readonly ComponentRule Rule = new(
        "idx",
        "A folder of MNIST's files, with training and test parts, also compressed with gzip.",
        [
            new ArgumentRule("folder", ArgumentType.Text, "The folder, relative to the spec's folder.")
            {
                IsPositional = true,
                IsPath = true,
            },
        ]);
}
