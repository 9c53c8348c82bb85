using System.Collections.Immutable;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// Binds the model's statements, blocks within blocks, each <c>def</c> anew where it is used; each mistake is found once,
/// however often its block repeats or its definition is used.
/// </summary>
internal sealed class ModelBinder(ProgramDefinitions definitions, ValueEnvironment lets, DiagnosticBag bag)
{
    private readonly DefinitionUses uses = new(definitions, lets, bag);

    public ImmutableArray<BoundStatement> Bind(CallSyntax model)
    {
        if (model.HasBlock && model.Block.Count == 0)
            bag.Add(NameErrors.EmptyBlock(model, "a layer", $"{model.HeadSpan.Words} {{ linear 10 }}"));
        var scope = new BodyScope(lets, new BodyLabels(model.Block, bag), BodyKind.Model);
        return new BodyBinder(uses, scope, bag).Bind(model.Block, model.Name.Text);
    }

    /// <summary>
    /// Used or not, what is wrong in a definition whatever its arguments are is told; before <see cref="Bind"/>, so that it is
    /// told without the places of its uses.
    /// </summary>
    public void TryDefinitions()
    {
        foreach (var definition in definitions.All)
            uses.Try(definition);
    }
}
