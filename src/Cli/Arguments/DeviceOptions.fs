/// `--gpus N`, `--devices 0,2` and `--require-gpu` as the planner's request.
module ParDsl.Cli.Arguments.DeviceOptions

open System
open System.Collections.Immutable
open ParDsl.Compiler.Hardware

let private indices (text: string) =
    let parts = text.Split(',', StringSplitOptions.TrimEntries)
    let numbers = parts |> Array.map (fun part -> Int32.TryParse part)

    if
        numbers |> Array.forall (fun (isNumber, number) -> isNumber && number >= 0)
        && Array.distinct numbers = numbers
    then
        Ok(numbers |> Seq.map snd |> ImmutableArray.CreateRange)
    else
        Error(Mistake.notADeviceList text)

let private count (text: string) =
    match Int32.TryParse text with
    | true, number when number >= 1 -> Ok number
    | _ -> Error(Mistake.notWhole "--gpus" text 1L)

let read (gpus: string option) (devices: string option) requireGpu =
    match gpus, devices with
    | Some _, Some _ -> Error Mistake.bothGpusAndDevices
    | Some text, None ->
        count text
        |> Result.map (fun number -> DeviceRequest(number, ImmutableArray.Empty, requireGpu))
    | None, Some text ->
        indices text
        |> Result.map (fun numbers -> DeviceRequest(numbers.Length, numbers, requireGpu))
    | None, None -> Ok(DeviceRequest(0, ImmutableArray.Empty, requireGpu))
