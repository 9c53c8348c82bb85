using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Binds a <c>def</c>'s body with the arguments of one of its uses.</summary>
internal sealed class DefinitionUses(ProgramDefinitions definitions, ValueEnvironment lets, DiagnosticBag bag)
{
    private readonly DefinitionArguments arguments = new(lets, bag);

    /// <summary>
    /// How many more statements the uses may make. Definitions that use each other twice double with every level, so a short
    /// text could fill the memory before its layers are counted.
    /// </summary>
    private int statementsLeft = ModelChecker.GreatestLayerCount;

    public IEnumerable<string> Names => definitions.Names;

    /// <summary>The bound use; null where the word names no definition.</summary>
    public BoundStatement? Bind(CallSyntax call, BodyScope scope)
    {
        if (definitions.Use(call.Name.Text) is not { } definition)
            return null;
        if (call.HasBlock)
            bag.Add(NameErrors.BlockNotAllowed(call));
        var values = definition.IsSound ? arguments.Bind(call, definition, scope.Values) : null;
        return values is null || scope.Kind == BodyKind.Trial || statementsLeft == 0 || call.HasBlock
            ? new BoundStatement.Broken(call)
            : Use(call, definition, values);
    }

    /// <summary>Binds a definition that nothing uses.</summary>
    public void Try(Definition definition)
    {
        var block = definition.Syntax.Block;
        var scope = new BodyScope(arguments.Unknown(definition), new BodyLabels(block, bag), BodyKind.Trial);
        new BodyBinder(this, scope, bag).Bind(block, definition.Name);
    }

    /// <summary>Whether a use may make this statement too.</summary>
    public bool MayMake(CallSyntax call)
    {
        if (statementsLeft == 0)
            return false;
        statementsLeft--;
        if (statementsLeft == 0)
            bag.Add(NameErrors.TooManyLayers(call.HeadSpan, ModelChecker.GreatestLayerCount));
        return statementsLeft > 0;
    }

    private BoundStatement.Use Use(CallSyntax call, Definition definition, ValueEnvironment values)
    {
        var place = new RelatedSpan(call.HeadSpan, $"`{definition.Name}` is used here");
        var block = definition.Syntax.Block;
        var scope = new BodyScope(values, new BodyLabels(block, bag), BodyKind.Use);
        var body = bag.Within([place], () => new BodyBinder(this, scope, bag).Bind(block, definition.Name));
        return new BoundStatement.Use(body, place, call);
    }
}
