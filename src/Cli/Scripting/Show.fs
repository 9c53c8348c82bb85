/// The stages of a script's program as text, as `pardsl show` prints them.
module ParDsl.Show

open ParDsl.Compiler.Printing
open ParDsl.Printing
open ParDsl.Syntax

/// The program in the file's language.
let file (program: ProgramSyntax) : string = SyntaxPrinter.print program

/// Its syntax tree, a node a line.
let syntax (program: ProgramSyntax) : string = SyntaxTreePrinter.print program

/// Its layers with shapes, parameters and FLOPs, and every default.
let layers (program: ProgramSyntax) : string =
    ScriptProgram.check program |> CheckedProgramPrinter.Print

/// What each rank does on this machine, with the devices that the options ask for.
let planWith options (program: ProgramSyntax) : string =
    ScriptProgram.plan options program |> PlanPrinter.Print

let plan (program: ProgramSyntax) : string = planWith Train.options program
