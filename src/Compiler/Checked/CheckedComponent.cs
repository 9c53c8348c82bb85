namespace ParDsl.Compiler.Checked;

/// <summary>
/// A loss, optimizer, schedule, metric or data source with its arguments: <c>adamw lr=1e-3</c>. <c>Kind</c> is its name in
/// the language and in the catalogue.
/// </summary>
public sealed record CheckedComponent(string Kind, CheckedArguments Arguments, SourcePlace Place);
