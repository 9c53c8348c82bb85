/// A program's tree comes in; its structure goes out, a node a line, without positions, comments and line breaks. Two
/// programs that mean the same print the same, whoever made them: `pardsl show syntax`.
module ParDsl.Printing.SyntaxTreePrinter

open System.Text
open ParDsl.Syntax

let private line (builder: StringBuilder) depth (text: string) =
    builder.Append(' ', 2 * depth).Append(text).Append('\n') |> ignore

/// The number's value, not its spelling: `1e-3` and `0.001` are one number.
let private number (number: NumberSyntax) =
    let value: NumberSyntax = { number with Span = ParDsl.Source.SourceSpan.Nowhere }
    ValuePrinter.print (ExpressionSyntax.Number value)

let rec private expression builder depth prefix value =
    match value with
    | ExpressionSyntax.Number value -> line builder depth $"{prefix}number {number value}"
    | ExpressionSyntax.Text text -> line builder depth $"{prefix}text {ValuePrinter.quoted text.Value}"
    | ExpressionSyntax.Name name -> line builder depth $"{prefix}name {name.Text}"
    | ExpressionSyntax.List list ->
        line builder depth $"{prefix}list"
        list.Items |> Seq.iter (expression builder (depth + 1) "")
    | ExpressionSyntax.Unary unary ->
        line builder depth $"{prefix}{unary.Operator}"
        expression builder (depth + 1) "" unary.Operand
    | ExpressionSyntax.Binary binary ->
        line builder depth $"{prefix}{binary.Operator}"
        expression builder (depth + 1) "" binary.Left
        expression builder (depth + 1) "" binary.Right

let private argument builder depth (argument: ArgumentSyntax) =
    let prefix = if argument.Key = "" then "" else $"{argument.Key} = "
    expression builder depth prefix argument.Value

let private parameter builder depth (parameter: ParameterSyntax) =
    line builder depth $"parameter {parameter.Name.Text}"

    if parameter.HasDefault then
        expression builder (depth + 1) "" parameter.Default

let rec private statement builder depth (node: StatementSyntax) =
    match node with
    | StatementSyntax.Call call -> writeCall builder depth call
    | StatementSyntax.Let binding ->
        line builder depth $"let {binding.Name.Text}"
        expression builder (depth + 1) "" binding.Value
    | StatementSyntax.Definition definition ->
        line builder depth $"def {definition.Name.Text}"
        definition.Parameters |> Seq.iter (parameter builder (depth + 1))
        block builder (depth + 1) definition.Block
    | StatementSyntax.Import import -> line builder depth $"import {ValuePrinter.quoted import.Path.Value}"

and private writeCall builder depth (call: CallSyntax) =
    let label = if call.HasLabel then $" labelled {call.Label.Text}" else ""
    line builder depth $"statement {call.Name.Text}{label}"
    call.Arguments |> Seq.iter (argument builder (depth + 1))

    if call.HasBlock then
        block builder (depth + 1) call.Block

and private block builder depth statements =
    line builder depth "block"
    statements |> Seq.iter (statement builder (depth + 1))

/// The tree, a node a line, children indented.
let print (program: ProgramSyntax) : string =
    let builder = StringBuilder()
    program.Statements |> Seq.iter (statement builder 0)
    builder.ToString()
