/// What `pardsl --help` prints.
module ParDsl.Cli.Help

open ParDsl.Cli.Commands

let private usage (command: Command) = $"{command.Name} {command.Arguments}"

let text (commands: Command list) =
    let width = commands |> List.map (usage >> String.length) |> List.max

    let line command =
        $"  pardsl {(usage command).PadRight width} {command.Summary}"

    [
        "ParDsl trains networks from a spec that says what is learned, and, apart from it, on what."
        ""
        yield! commands |> List.map line
        ""
        "`pardsl COMMAND --help` lists a command's options. The language is in docs/language.md, layouts in docs/parallelism.md."
    ]
    |> String.concat "\n"
