// Compares what plans predict with what training takes on this machine: ./accuracy [EXAMPLE [LAYOUT]] [--again | --actions]. Without
// words it measures all, which takes about forty minutes, and writes the table into docs/planner-accuracy.md. With
// --again it measures nothing, and compares today's predictions with what was measured before. With --actions it shows what
// each rank of one example in one layout spends on each kind of action.
using System.Globalization;
using ParDsl.Accuracy;
using ParDsl.Runtime.Calibration;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Hardware;

const string Document = "docs/planner-accuracy.md";
const string Again = "--again";
const string Actions = "--actions";

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [MeasuringProcess.Argument, var warming, var path, var measuredLayout])
{
    MeasuringProcess.Run(warming, path, measuredLayout, Console.Out);
    return 0;
}

if (args is [WatchingProcess.Argument, var firstSpec, var watchedSpec, var watchedLayout])
{
    WatchingProcess.Run(firstSpec, watchedSpec, watchedLayout, Console.Out);
    return 0;
}

var words = args.Where(word => word is not (Again or Actions)).ToArray();
var all = Example.In("examples");
var examples = all.Where(example => words.Length == 0 || example.Name.StartsWith(words[0], StringComparison.Ordinal)).ToArray();
var layouts = MeasuredLayouts.All.Where(layout => words.Length < 2 || layout == words[1]).ToArray();
if (words.Length > 2 || examples.Length == 0 || layouts.Length == 0 || words.Any(word => word.StartsWith('-')))
{
    Console.Error.WriteLine("usage: accuracy [EXAMPLE [LAYOUT]] [--again | --actions]");
    Console.Error.WriteLine($"  examples: {string.Join(", ", all.Select(example => example.Name))}");
    Console.Error.WriteLine($"  layouts: {string.Join(" ", MeasuredLayouts.All)}");
    return 2;
}

var machine = HardwareProbe.Machine();
var calibration = CalibrationStore.Find(machine);
if (calibration.Warning is { } warning)
    Console.Error.WriteLine($"accuracy: {warning.Message}");
if (calibration.Calibration is not { } known)
{
    Console.Error.WriteLine("accuracy: this machine is not measured: `pardsl devices --calibrate` first");
    return 1;
}

var hardware = machine with { Performance = known.Performance };
if (args.Contains(Actions))
    return CompareActions();
var kept = new KeptMeasurements("artifacts/accuracy.tsv");
if (!args.Contains(Again))
    MeasureAll();
var cases = Comparison.Of(examples, [.. kept.Read().Where(one => layouts.Contains(one.Layout))], hardware);
var table = AccuracyTable.Of(cases);
Console.WriteLine(table);
if (words.Length == 0)
    AccuracyTable.WriteInto(Document, table);
return 0;

int CompareActions()
{
    if (examples.Length != 1 || layouts.Length != 1 || SpecPlan.Of(examples[0].Path, layouts[0], hardware).Value is not { } plan)
    {
        Console.Error.WriteLine($"accuracy: {Actions} needs one example and a layout that it fits");
        return 2;
    }

    Console.WriteLine(ActionComparison.Of(plan));
    return 0;
}

// As `pardsl devices --calibrate FILE` does. What took less counts, as it does of layouts that are measured once more.
void MeasureLayers(Example example, bool isAgain)
{
    if (SpecPlan.Of(example.Path, MeasuredLayouts.All[0], hardware).Value is not { } plan)
        return;
    var measured = LayerCalibrator.Run(known, plan.Program, machine, words => Console.Error.WriteLine(words), CancellationToken.None);
    known = isAgain ? measured with { Performance = measured.Performance.QuickerLayers(known.Performance) } : measured;
    CalibrationStore.Keep(known);
    hardware = machine with { Performance = known.Performance };
}

void MeasureAll()
{
    var runner = new CaseRunner(Path.Combine("examples", "02-article", "fixed.pd"));
    foreach (var example in examples)
    {
        MeasureLayers(example, isAgain: false);
        foreach (var layout in layouts)
        {
            // What it chooses depends on the layers' times.
            if (layout == MeasuredLayouts.Auto)
                MeasureLayers(example, isAgain: true);
            var plan = SpecPlan.Of(example.Path, layout, hardware);
            if (plan.Value is null)
            {
                Console.Error.WriteLine($"{example.Name} {layout}: refused, {plan.Diagnostics[0].Code}");
                continue;
            }

            if (runner.Measure(example, layout, SpecPlan.Words(plan.Value)) is not { } measurement)
                continue;
            Console.Error.WriteLine($"{example.Name} {layout}: {1000 * measurement.StepSeconds:0.00} ms, {measurement.AllocatedBytes >> 20} MiB");
            kept.Keep(measurement);
        }

        if (words.Length < 2)
            new Rematch(runner, kept, example).Run();
    }
}
