/// What `pardsl --help` prints.
module ParDsl.Cli.Help

open ParDsl.Cli.Commands

let private line (command: Command) =
    let usage = $"{command.Name} {command.Arguments}"
    $"  pardsl {usage.PadRight 44} {command.Summary}"

let text (commands: Command list) =
    [
        "ParDsl trains networks from a spec that says what is learned, and, apart from it, on what."
        ""
        yield! commands |> List.map line
        ""
        "`pardsl COMMAND --help` lists a command's options."
    ]
    |> String.concat "\n"
