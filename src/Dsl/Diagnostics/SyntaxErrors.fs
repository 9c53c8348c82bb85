/// Every mistake in the text of a spec, one function each: PD1010 to PD1039.
module ParDsl.Diagnostics.SyntaxErrors

open ParDsl.Source

let private error code span message label help = { Diagnostic.error code span message with Label = label; Help = help }

let private withRelated span label (diagnostic: Diagnostic) = {
    diagnostic with
        Related = [ { Span = span; Label = label } ]
}

let unexpected span (expected: string) (found: string) =
    error "PD1010" span $"{found} stands where {expected} was expected" $"expected {expected}" ""

/// `batch = 32` is meant as `batch 32`.
let equalsBehindStatement span (statement: string) =
    error
        "PD1010"
        span
        $"`=` stands behind the statement `{statement}`, where an argument, a block or the end of the line was expected"
        "no `=` is needed here"
        $"write `{statement} ...` without it; `=` stands in an argument, behind its name: `adam lr=1e-3`"

let unclosedText span =
    error "PD1011" span "this text has no closing quote on its line" "starts here" "close it: \"text\""

let badEscape span (escape: string) =
    error
        "PD1012"
        span
        $"`{escape}` is no escape that a text knows"
        "unknown escape"
        "known are \\\" \\\\ \\n \\r \\t and \\u with four hexadecimal digits; a backslash itself is written \\\\"

let integerTooLarge span (digits: string) =
    error
        "PD1013"
        span
        $"the whole number {digits} does not fit 64 bits: the largest is 9223372036854775807"
        "too large"
        "write it with an exponent if it need not be exact: `1e19`"

let numberTooLarge span (digits: string) =
    error
        "PD1014"
        span
        $"the number {digits} is beyond what a double holds: the largest is about 1.8e308"
        "too large"
        "write a smaller number: `1e300`"

let unknownUnit span (unit: string) (near: string seq) =
    let help =
        match Suggestion.inWords near with
        | "" -> "units are epoch(s), step(s), B, KB, MB, GB, KiB, MiB, GiB, ms, s, min, h and %"
        | names -> $"did you mean {names}?"

    error "PD1015" span $"`{unit}` is no unit of a number" "unknown unit" help

let malformedNumber span (written: string) =
    error
        "PD1016"
        span
        $"`{written}` is no number: digits are expected on both sides of a point and behind an exponent's `e`"
        "not a number"
        "numbers look like `3`, `0.5` and `1e-3`"

/// `data.csv` without quotes reads as a name and a broken number.
let textWithoutQuotes span (written: string) =
    error
        "PD1016"
        span
        $"`{written}` is neither a name nor a number: a text, such as a file's path, stands in double quotes"
        "quotes are missing"
        $"write `\"{written}\"`"

/// `nn.Linear` where a statement starts.
let nameWithPoint span (written: string) =
    error
        "PD1016"
        span
        $"`{written}` is no name of a statement: a name is of letters, digits and `_`"
        "a point is no part of a name"
        $"write the last part alone, `{written.Substring(written.LastIndexOf '.' + 1)}`"

let missingValue span (key: string) =
    error "PD1017" span $"`{key}=` has no value" "a value is missing behind it" $"write `{key}=1`, or leave it out"

let unclosedBlock span (name: string) =
    error
        "PD1018"
        span
        $"the block of `{name}` has no closing brace"
        "this block is still open at the end of the file"
        "close it with `}`; an inner block without its brace takes that of the block around it"

let extraBrace span =
    error "PD1019" span "this closing brace closes nothing" "no block is open here" "remove it"

let blockWithoutName span =
    error
        "PD1020"
        span
        "this block belongs to no statement"
        "a statement's name was expected before it"
        "put the brace on the line of its statement: `model {`"

let missingStatement span (label: string) =
    error
        "PD1021"
        span
        $"the label `{label}:` has no statement behind it"
        "a statement was expected behind this label"
        $"write what it names on the same line: `{label}: linear 10`; a block has braces and no colon: `data {{ ... }}`"

let statementWithoutName span (found: string) =
    let help =
        match found with
        | "`/`"
        | "`-`" -> "a comment starts with `#`, a statement with its name: `linear 128`"
        | _ -> "write the name first: `linear 128`; a statement's arguments all stand on its line"

    error "PD1022" span $"a statement starts with its name, and this one starts with {found}" "a name was expected" help

let strayCharacter span (character: string) =
    let help =
        match character with
        | "'" -> "texts stand in double quotes: \"text\""
        | "/" -> "comments start with `#`"
        | _ -> ""

    error "PD1023" span $"the character `{character}` has no meaning here" "not part of the language" help

let unclosedList opening found (foundWords: string) =
    error
        "PD1024"
        opening
        $"this list has no closing bracket: {foundWords} stands where `,` or `]` was expected"
        "the list starts here"
        "close it with `]`: `[1, 28, 28]`"
    |> withRelated found "`]` was expected before this"

let unclosedParenthesis opening found (foundWords: string) =
    error
        "PD1025"
        opening
        $"this parenthesis is not closed: {foundWords} stands where an operator or `)` was expected"
        "opened here"
        "close it with `)`: `(2 * width)`"
    |> withRelated found "`)` was expected before this"

let nestedTooDeep span (limit: int) =
    error
        "PD1026"
        span
        $"this stands more than {limit} levels deep, and {limit} is the most"
        $"level {limit + 1}"
        "`repeat 100 { ... }` says the same without writing it out"

let expressionTooLong span (limit: int) =
    error
        "PD1027"
        span
        $"this expression has more than {limit} operators in a row, and {limit} is the most"
        $"operator {limit + 1}"
        "name a part of it: `let total = (1 + 2)`"

let bareOperator span (operator: string) =
    let percentage =
        if operator = "%" then
            "; a percentage has no space in it: `10%`"
        else
            ""

    error
        "PD1028"
        span
        $"the operator `{operator}` stands outside parentheses"
        "calculations stand in parentheses"
        $"put parentheses around it: `(2 {operator} width)`{percentage}"

let missingComma span (found: string) =
    error
        "PD1029"
        span
        $"a `,` is missing before {found}"
        "`,` was expected before this"
        "a list's values are parted by commas: `[1, 28, 28]`"

let commaBetweenArguments span =
    error
        "PD1030"
        span
        "arguments are parted by spaces, statements by `;` or a new line, and a comma was found"
        "no comma can stand here"
        "write `conv2d 32 kernel=3; relu`, without parentheses and commas"

/// `0,001` is meant as `0.001`.
let commaInNumber span (meant: string) =
    error
        "PD1030"
        span
        "a number has a point before its fraction, and a comma was found"
        "no comma can stand here"
        $"write `{meant}`"

let missingOperand span (found: string) =
    error
        "PD1031"
        span
        $"{found} stands where a value was expected in this expression"
        "a value was expected"
        "an operator has a value on both sides: `(2 * width)`"

let letWithoutName span (found: string) =
    error
        "PD1032"
        span
        $"`let` gives a value a name, and {found} is no name"
        "a name was expected"
        "write `let width = 32`"

let letWithoutValue span (name: string) =
    error "PD1033" span $"`let {name}` has no value" "`=` and a value were expected" $"write `let {name} = 32`"

let definitionWithoutName span (found: string) =
    error
        "PD1034"
        span
        $"`def` gives a block a name, and {found} is no name"
        "a name was expected"
        "write `def block(channels, kernel=3) { ... }`"

let malformedParameters span (found: string) =
    error
        "PD1035"
        span
        $"{found} stands where a parameter of this `def` was expected"
        "expected `name`, `name=default`, `,` or `)`"
        "write `def block(channels, kernel=3) { ... }`"

let definitionWithoutBlock span (name: string) =
    error "PD1036" span $"`def {name}` has no block" "`{` was expected on this line" $"write `def {name}() {{ ... }}`"

let importWithoutPath span (found: string) =
    error
        "PD1037"
        span
        $"`import` names a file, and {found} is no text"
        "a text in double quotes was expected"
        "write `import \"blocks.pd\"`"

let missingSeparator span (found: string) =
    error
        "PD1038"
        span
        $"{found} stands on the line of the statement before it"
        "a `;` or a new line was expected before this"
        "part statements by `;` or a new line"

let tooManyMistakes span (limit: int) =
    error
        "PD1039"
        span
        $"the first {limit} mistakes are shown; reading stopped here"
        "not read from here on"
        "mend those above first; is this file a spec at all?"
