/// `pardsl devices`: prints the devices that a run can use here.
module ParDsl.Cli.Commands.DevicesCommand

open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Compiler.Hardware
open ParDsl.Runtime.Hardware

let private gibibytes (bytes: int64) =
    (double bytes / double (1L <<< 30)).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)
    + " GiB"

let private gpu (device: DeviceDescription) =
    $"cuda:{device.Index}  {device.Name}, {gibibytes device.MemoryBytes}"

let private run () =
    let hardware = HardwareProbe.Probe()
    let cores = Figures.plural hardware.Cores "core"
    Terminal.output $"cpu     {cores}, {gibibytes hardware.MemoryBytes}"

    for device in hardware.Gpus do
        Terminal.output (gpu device)

    if hardware.Gpus.IsEmpty then
        Terminal.output "no GPU: a run's devices are virtual ones that share the cores"

    ExitCode.Done

let command = {
    Name = "devices"
    Arguments = ""
    Summary = "list the devices of this machine"
    Options = fun () -> NoOptions.usage "devices"
    Run = NoOptions.read "devices" >> Result.map (fun () -> run) >> Command.start
}
