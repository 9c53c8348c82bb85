/// Comments and blank lines where imported statements take the place of their `import`: those around it stay around them.
module internal ParDsl.Imports.ImportTrivia

open ParDsl.Syntax

let private change (make: StatementTrivia -> StatementTrivia) statement =
    match statement with
    | StatementSyntax.Call call -> StatementSyntax.Call { call with Trivia = make call.Trivia }
    | StatementSyntax.Let binding -> StatementSyntax.Let { binding with Trivia = make binding.Trivia }
    | StatementSyntax.Definition definition ->
        StatementSyntax.Definition { definition with Trivia = make definition.Trivia }
    | StatementSyntax.Import import -> StatementSyntax.Import { import with Trivia = make import.Trivia }

let private opening (import: StatementTrivia) (first: StatementTrivia) =
    let trailing = if import.Trailing = "" then [] else [ import.Trailing ]

    { first with Leading = [| yield! import.Leading; yield! trailing; yield! first.Leading |]; SharesLine = false }

let inPlaceOf (import: ImportSyntax) (statements: StatementSyntax list) =
    let last = statements.Length - 1

    [
        for index, statement in List.indexed statements do
            statement
            |> change (fun trivia ->
                let afterLast = if index = last then import.Trivia.AfterLast else []
                let trivia = { trivia with AfterLast = afterLast }
                if index = 0 then opening import.Trivia trivia else trivia)
    ]
