/// A value's tree comes in, its canonical text goes out; a parser of that text would make the same tree.
module ParDsl.Printing.ValuePrinter

open System
open System.Globalization
open System.Text
open ParDsl.Syntax

let private invariant = CultureInfo.InvariantCulture

/// The digits as they stand in the text, if they are there: a script's line holds the number in another form, or not.
let private written (number: NumberSyntax) =
    let text = if number.Span.IsNowhere then "" else number.Span.Text
    let digits = text.Substring(0, max 0 (text.Length - number.Unit.Length)).TrimEnd()
    let isNumber, value = Double.TryParse(digits, NumberStyles.Float, invariant)

    let isWhole =
        digits
        |> Seq.forall (fun character -> Char.IsAsciiDigit character || character = '-')

    let isPlain =
        digits
        |> Seq.forall (fun character -> Char.IsAsciiDigit character || "+-.eE".Contains character)

    let isSame =
        isNumber && isPlain && value = number.Value && isWhole = number.IsInteger

    if text.EndsWith(number.Unit, StringComparison.Ordinal) && isSame then
        Some(digits.ToLowerInvariant())
    else
        None

/// The shortest digits that read back as the same double, with a point or an exponent so that they stay a fraction.
let private shortest (value: double) =
    let digits = value.ToString("R", invariant).ToLowerInvariant().Replace("e+", "e")

    let mantissa, exponent =
        if digits.Contains 'e' then
            digits.Split('e')[0], digits.Split('e')[1]
        else
            digits, ""

    if exponent <> "" then $"{mantissa}e{int exponent}"
    elif digits.Contains '.' then digits
    else digits + ".0"

let private digits (number: NumberSyntax) =
    match written number with
    | Some digits -> digits
    | None when number.IsInteger -> number.Integer.ToString invariant
    | None -> shortest number.Value

let private number (number: NumberSyntax) =
    match number.Unit with
    | "" -> digits number
    | "%" -> digits number + "%"
    | unit -> $"{digits number} {unit}"

/// Half a pair is a character that no file can hold.
let private isHalf (text: string) index =
    let isPair first =
        first >= 0 && first + 1 < text.Length && Char.IsSurrogatePair(text, first)

    Char.IsSurrogate text[index] && not (isPair index || isPair (index - 1))

let private escaped (text: string) index =
    match text[index] with
    | '"' -> "\\\""
    | '\\' -> "\\\\"
    | '\n' -> "\\n"
    | '\r' -> "\\r"
    | '\t' -> "\\t"
    | character when Char.IsControl character || isHalf text index -> $"\\u{int character:x4}"
    | character -> string character

/// A text in double quotes, with the escapes that it needs.
let quoted (text: string) =
    "\"" + String.concat "" (Seq.init text.Length (escaped text)) + "\""

let private unaryOperator =
    function
    | UnaryOperator.Negate -> "-"
    | other -> invalidOp $"there is no operator {int other}"

let private operatorText =
    function
    | BinaryOperator.Add -> "+"
    | BinaryOperator.Subtract -> "-"
    | BinaryOperator.Multiply -> "*"
    | BinaryOperator.Divide -> "/"
    | BinaryOperator.Remainder -> "%"
    | BinaryOperator.Less -> "<"
    | BinaryOperator.LessOrEqual -> "<="
    | BinaryOperator.Greater -> ">"
    | BinaryOperator.GreaterOrEqual -> ">="
    | BinaryOperator.Equal -> "=="
    | BinaryOperator.NotEqual -> "!="
    | other -> invalidOp $"there is no operator {int other}"

let private precedence =
    function
    | BinaryOperator.Multiply
    | BinaryOperator.Divide
    | BinaryOperator.Remainder -> 3
    | BinaryOperator.Add
    | BinaryOperator.Subtract -> 2
    | _ -> 1

/// A value where an expression may stand: inside parentheses, with no more of them than the tree needs.
let rec private inside lowest expression =
    match expression with
    | ExpressionSyntax.Binary binary ->
        let own = precedence binary.Operator
        let left, right = inside own binary.Left, inside (own + 1) binary.Right
        let text = $"{left} {operatorText binary.Operator} {right}"
        if own < lowest then $"({text})" else text
    | ExpressionSyntax.Unary unary -> unaryOperator unary.Operator + negated unary.Operand
    | other -> print other

/// A minus and a digit beside each other would be one negative number.
and private negated operand =
    match operand with
    | ExpressionSyntax.Number _
    | ExpressionSyntax.Binary _ -> $"({inside 0 operand})"
    | ExpressionSyntax.Name name when Char.IsAsciiDigit name.Text[0] -> $"({name.Text})"
    | other -> inside 4 other

/// A value where only a value may stand: an expression gets its parentheses.
and print (expression: ExpressionSyntax) : string =
    match expression with
    | ExpressionSyntax.Number value -> number value
    | ExpressionSyntax.Text text -> quoted text.Value
    | ExpressionSyntax.Name name -> name.Text
    | ExpressionSyntax.List list -> "[" + String.Join(", ", Seq.map print list.Items) + "]"
    | ExpressionSyntax.Unary _
    | ExpressionSyntax.Binary _ -> $"({inside 0 expression})"
