/// All commands, in the order in which a user meets them, and the names of those that a later release brings.
module ParDsl.Cli.Commands.Commands

let all = [
    RunCommand.command
    CheckCommand.command
    PlanCommand.command
    DiffCommand.command
    VerifyCommand.command
    ShowCommand.command
    FmtCommand.command
    ExplainCommand.command
    DevicesCommand.command
    DoctorCommand.command
]

let later = [ "eval"; "predict"; "export"; "new" ]
