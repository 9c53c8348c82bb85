/// `result { let! ... }`: the first mistake of a command line ends its reading.
[<AutoOpen>]
module ParDsl.Cli.Arguments.ResultBuilder

type ResultBuilder() =
    member _.Bind(result, next) = Result.bind next result
    member _.Return value = Ok value
    member _.ReturnFrom(result: Result<_, _>) = result
    member _.Zero() = Ok()

let result = ResultBuilder()
