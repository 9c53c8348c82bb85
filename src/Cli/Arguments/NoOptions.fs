/// The command line of a command that takes neither options nor words.
module ParDsl.Cli.Arguments.NoOptions

open Argu

type Argument =
    | [<MainCommand>] Words of WORD: string list

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Words _ -> "none."

/// Nothing where nothing was written, or the mistake.
let read command words =
    result {
        let! arguments = Options.parse command Words [] words

        match arguments |> List.collect (fun (Words values) -> values) with
        | [] -> return ()
        | words -> return! Error(Mistake.tooManyWords command words)
    }

let usage command = Options.usage<Argument> command
