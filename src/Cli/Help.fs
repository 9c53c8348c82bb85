/// What `pardsl --help` prints.
module ParDsl.Cli.Help

open ParDsl.Cli.Commands

/// Fewer columns behind the commands, and what each does stands below it.
let private fewestColumns = 30

let private usage (command: Command) =
    $"  pardsl {command.Name} {command.Arguments}"

/// For a page of so many columns: what a command does is beside it where all have room, else below.
let text (columns: int) (commands: Command list) =
    let width = commands |> List.map (usage >> String.length) |> List.max

    let lines command =
        if columns - width < fewestColumns then
            [ usage command; $"      {command.Summary}" ]
        else
            [ $"{(usage command).PadRight width}  {command.Summary}" ]

    [
        "ParDsl trains networks from a spec that says what is learned, and, apart from it, on what."
        ""
        yield! List.collect lines commands
        ""
        "`pardsl COMMAND --help` lists a command's options, and `pardsl --version` says which release this is. The language is in docs/language.md, layouts are in docs/parallelism.md."
    ]
    |> String.concat "\n"
