namespace ParDsl.Syntax

open System
open System.Collections.Generic
open ParDsl.Source

/// What `fmt` keeps of the way a statement was written: it has no meaning, and two trees that differ only here are the same.
type StatementTrivia = {
    /// Comment lines above the statement, without `#`; an empty string is a blank line.
    Leading: IReadOnlyList<string>
    /// The comment behind the statement on its last line, without `#`, or empty.
    Trailing: string
    /// Whether it follows `;` on the line of the statement before it.
    SharesLine: bool
    /// Whether its block was written on one line.
    BlockOnOneLine: bool
    /// Comment lines before the closing brace of the statement's own block.
    BeforeEnd: IReadOnlyList<string>
    /// In the last statement of a file: comment lines between it and the file's end.
    AfterLast: IReadOnlyList<string>
} with

    static member None = {
        Leading = []
        Trailing = ""
        SharesLine = false
        BlockOnOneLine = false
        BeforeEnd = []
        AfterLast = []
    }

/// `value`, or `key=value`: `Key` is empty for a positional argument.
type ArgumentSyntax = {
    Key: string
    KeySpan: SourceSpan
    Value: ExpressionSyntax
    Span: SourceSpan
}

/// A parameter of `def`: `channels`, or `kernel=3`.
type ParameterSyntax = {
    Name: NameSyntax
    HasDefault: bool
    /// Meaningful where `HasDefault`; the name itself otherwise.
    Default: ExpressionSyntax
}

/// `[label:] name argument* [block]`.
type CallSyntax = {
    HasLabel: bool
    /// Meaningful where `HasLabel`; the call's own name otherwise.
    Label: NameSyntax
    Name: NameSyntax
    Arguments: IReadOnlyList<ArgumentSyntax>
    HasBlock: bool
    Block: IReadOnlyList<StatementSyntax>
    /// From the label or name to the last argument or, where there is one, the block's closing brace.
    Span: SourceSpan
    /// The same without the block: what a diagnostic about the statement underlines.
    HeadSpan: SourceSpan
    Trivia: StatementTrivia
}

/// `let name = value`.
and LetSyntax = {
    Name: NameSyntax
    Value: ExpressionSyntax
    Span: SourceSpan
    Trivia: StatementTrivia
}

/// `def name(parameters) { layers }`.
and DefinitionSyntax = {
    Name: NameSyntax
    Parameters: IReadOnlyList<ParameterSyntax>
    Block: IReadOnlyList<StatementSyntax>
    Span: SourceSpan
    HeadSpan: SourceSpan
    Trivia: StatementTrivia
}

/// `import "file.pd"`.
and ImportSyntax = { Path: TextSyntax; Span: SourceSpan; Trivia: StatementTrivia }

and [<RequireQualifiedAccess>] StatementSyntax =
    | Call of CallSyntax
    | Let of LetSyntax
    | Definition of DefinitionSyntax
    | Import of ImportSyntax

    member statement.Span =
        match statement with
        | Call call -> call.Span
        | Let binding -> binding.Span
        | Definition definition -> definition.Span
        | Import import -> import.Span

    member statement.Trivia =
        match statement with
        | Call call -> call.Trivia
        | Let binding -> binding.Trivia
        | Definition definition -> definition.Trivia
        | Import import -> import.Trivia

    /// For C#, called with named arguments, so that a new case fails the build there too.
    member statement.Match<'result>
        (
            call: Func<CallSyntax, 'result>,
            binding: Func<LetSyntax, 'result>,
            definition: Func<DefinitionSyntax, 'result>,
            import: Func<ImportSyntax, 'result>
        ) =
        match statement with
        | Call value -> call.Invoke value
        | Let value -> binding.Invoke value
        | Definition value -> definition.Invoke value
        | Import value -> import.Invoke value

/// A whole file or script: what the parser and the builders make, and the checker reads.
type ProgramSyntax = { File: SourceFile; Statements: IReadOnlyList<StatementSyntax> }

/// What parsing gives: the tree of all that could be read, and every syntax error, in source order.
type ParseResult = { Program: ProgramSyntax; Diagnostics: IReadOnlyList<ParDsl.Diagnostics.Diagnostic> }
