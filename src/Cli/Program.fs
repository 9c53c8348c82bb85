module ParDsl.Cli.Program

[<EntryPoint>]
let main _ = 0
