using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>shard</c> in <c>parallel</c>.</summary>
internal static class ShardStatement
{
    public static readonly ComponentRule Rule = new(
        "shard",
        "What each data rank keeps only its part of.",
        [
            new ArgumentRule("level", ArgumentType.Choice, "Each includes the ones before it.")
            {
                IsPositional = true,
                Choices =
                [
                    ShardLevel.Optimizer.Words(),
                    ShardLevel.Gradients.Words(),
                    ShardLevel.Parameters.Words(),
                ],
            },
        ]);

    public static ShardLevel Level(string word) =>
        Enum.GetValues<ShardLevel>().First(level => level.Words() == word);
}
