namespace ParDsl.Syntax

open System
open System.Collections.Generic
open ParDsl.Source

/// A number as written. `Unit` is empty or one of NumberUnit.all ("epochs", "MiB", "%"); `Value` is before the unit.
type NumberSyntax = {
    Value: double
    /// Whether it was written without point and exponent and fits 64 bits; `Integer` holds it then.
    IsInteger: bool
    Integer: int64
    Unit: string
    Span: SourceSpan
}

type TextSyntax = { Value: string; Span: SourceSpan }

type NameSyntax = { Text: string; Span: SourceSpan }

type UnaryOperator =
    | Negate = 0

type BinaryOperator =
    | Add = 0
    | Subtract = 1
    | Multiply = 2
    | Divide = 3
    | Remainder = 4
    | Less = 5
    | LessOrEqual = 6
    | Greater = 7
    | GreaterOrEqual = 8
    | Equal = 9
    | NotEqual = 10

/// A value, or an expression in parentheses; the parentheses themselves are not kept.
[<RequireQualifiedAccess>]
type ExpressionSyntax =
    | Number of NumberSyntax
    | Text of TextSyntax
    | Name of NameSyntax
    | List of ListSyntax
    | Unary of UnarySyntax
    | Binary of BinarySyntax

    member expression.Span =
        match expression with
        | Number number -> number.Span
        | Text text -> text.Span
        | Name name -> name.Span
        | List list -> list.Span
        | Unary unary -> unary.Span
        | Binary binary -> binary.Span

    /// For C#, called with named arguments, so that a new case fails the build there too.
    member expression.Match<'result>
        (
            number: Func<NumberSyntax, 'result>,
            text: Func<TextSyntax, 'result>,
            name: Func<NameSyntax, 'result>,
            list: Func<ListSyntax, 'result>,
            unary: Func<UnarySyntax, 'result>,
            binary: Func<BinarySyntax, 'result>
        ) =
        match expression with
        | Number value -> number.Invoke value
        | Text value -> text.Invoke value
        | Name value -> name.Invoke value
        | List value -> list.Invoke value
        | Unary value -> unary.Invoke value
        | Binary value -> binary.Invoke value

and ListSyntax = { Items: IReadOnlyList<ExpressionSyntax>; Span: SourceSpan }

and UnarySyntax = { Operator: UnaryOperator; Operand: ExpressionSyntax; Span: SourceSpan }

and BinarySyntax = {
    Operator: BinaryOperator
    Left: ExpressionSyntax
    Right: ExpressionSyntax
    Span: SourceSpan
}
