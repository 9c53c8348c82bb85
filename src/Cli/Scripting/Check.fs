/// Looks for mistakes without training, as `pardsl check` does: libtorch is not loaded.
module ParDsl.Check

open ParDsl.Cli.Output
open ParDsl.Syntax

/// Says that the program is sound, or shows every mistake in it and stops the script.
let program (program: ProgramSyntax) : unit =
    let checkedProgram = ScriptProgram.check program
    Terminal.error $"{checkedProgram.Name}: no mistakes"
