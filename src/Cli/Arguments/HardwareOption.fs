/// `--on NAME[:COUNT[xMACHINES]]`: hardware that is not here but known.
module ParDsl.Cli.Arguments.HardwareOption

open System
open System.Globalization
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Hardware.Known

/// For help: all that there are.
let names = KnownHardware.Machines |> Seq.map _.Name |> String.concat ", "

/// Digits only, and not more of them than 32 bits hold: `+4` and `4.0` are mistakes.
let private count (text: string) =
    match Int32.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
    | true, number when number > 0 -> Some number
    | _ -> None

/// `8x16` as 8 and 16, `8` as 8 and nothing; none where it is neither.
let private shape (text: string) =
    match text.Split 'x' with
    | [| each |] -> count each |> Option.map (fun each -> each, None)
    | [| each; machines |] ->
        match count each, count machines with
        | Some each, Some machines -> Some(each, Some machines)
        | _ -> None
    | _ -> None

let private fits (machine: IKnownMachine) (each, machines: int option) =
    if each > machine.Most then
        Error(Mistake.largerThanAMachine machine each (defaultArg machines 1))
    elif defaultArg machines 1 > KnownHardware.MostMachines then
        Error(Mistake.tooManyMachines machine each)
    else
        Ok(KnownHardware.Of(machine, each, defaultArg machines 0))

/// The name alone is one GPU or core.
let read (text: string) : Result<HardwareDescription, string> =
    let name, rest =
        match text.IndexOf ':' with
        | -1 -> text, "1"
        | colon -> text.Substring(0, colon), text.Substring(colon + 1)

    match KnownHardware.Find name with
    | null -> Error(Mistake.unknownHardware (KnownHardware.Machines |> Seq.map _.Name |> List.ofSeq) name)
    | machine ->
        match shape rest with
        | Some numbers -> fits machine numbers
        | None -> Error(Mistake.notAShape machine text)
