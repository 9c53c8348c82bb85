using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Evaluates the <c>let</c>s of a program in file order: each can use the ones above it.</summary>
internal sealed class LetReader(ValueEnvironment environment, DiagnosticBag bag)
{
    private readonly Dictionary<string, LetSyntax> read = new(StringComparer.Ordinal);

    public IReadOnlyList<LetSyntax> Read(IReadOnlyList<StatementSyntax> statements)
    {
        var evaluator = new ExpressionEvaluator(environment, bag);
        var bindings = BlockReader.Lets(statements).ToArray();
        foreach (var binding in bindings)
            environment.Announce(binding.Name.Text, binding.Name.Span);
        foreach (var binding in bindings)
        {
            if (ExpressionEvaluator.IsFlag(binding.Name.Text))
            {
                bag.Add(ExpressionErrors.LetOfOwnWord(binding.Name));
                continue;
            }

            if (read.TryGetValue(binding.Name.Text, out var first))
            {
                bag.Add(ExpressionErrors.DuplicateLet(binding.Name, first.Name.Span));
                continue;
            }

            var value = evaluator.Evaluate(binding.Value);
            environment.Add(binding.Name.Text, value);
            read.Add(binding.Name.Text, binding);
        }

        return [.. read.Values];
    }
}
