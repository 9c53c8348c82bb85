using System.Collections.Immutable;
using ParDsl.Compiler.Binding;
using ParDsl.Source;

namespace ParDsl.Compiler.Checking;

/// <summary>
/// The statement that has each label of a model, in blocks and definitions within each other: the first one, where a
/// definition is used twice or has a label of the model's too.
/// </summary>
internal static class LabelPlaces
{
    public static ImmutableSortedDictionary<string, SourceSpan> Of(ImmutableArray<BoundStatement> statements) =>
        All(statements)
            .Where(statement => statement.Call.HasLabel)
            .DistinctBy(statement => statement.Call.Label.Text)
            .ToImmutableSortedDictionary(
                statement => statement.Call.Label.Text, statement => statement.Call.HeadSpan, StringComparer.Ordinal);

    private static IEnumerable<BoundStatement> All(ImmutableArray<BoundStatement> statements) =>
        statements.SelectMany(statement => All(BodyOf(statement)).Prepend(statement));

    private static ImmutableArray<BoundStatement> BodyOf(BoundStatement statement) => statement switch
    {
        BoundStatement.Repeat repeat => repeat.Body,
        BoundStatement.Residual residual => residual.Body,
        BoundStatement.Group group => group.Body,
        BoundStatement.Use use => use.Body,
        BoundStatement.Branches branches => branches.All,
        BoundStatement.Branch branch => branch.Body,
        _ => [],
    };
}
