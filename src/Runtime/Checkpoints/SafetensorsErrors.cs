using System.Globalization;
using System.Numerics;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>What can be wrong inside a safetensors file: one function per mistake, each makes its whole diagnostic.</summary>
internal static class SafetensorsErrors
{
    private const string Recreate = "write the file anew, with `safetensors.torch.save_file` or from a run's checkpoint";

    public static RunFailedException TooShort(string path, long bytes) => Fail(
        "PD5203",
        $"`{path}` is no safetensors file: it has {Count(bytes)} and the length of the header alone takes 8");

    public static RunFailedException HeaderBeyondFile(string path, ulong headerBytes, long room) => Fail(
        "PD5203",
        $"`{path}` is no whole safetensors file: its first 8 bytes announce a header of {headerBytes} bytes, "
            + $"and {Count(room)} follow");

    public static RunFailedException HeaderIsNotJson(string path, long position, Exception cause) => Fail(
        "PD5204",
        $"the header of `{path}` is no JSON text from its byte {position} on",
        cause);

    public static RunFailedException HeaderIsNoObject(string path) => Fail(
        "PD5204",
        $"the header of `{path}` is no JSON object of tensors by name");

    public static RunFailedException BadEntry(string path, string name, string expected) => Fail(
        "PD5204",
        $"the header of `{path}` describes `{name}` wrongly: expected {expected}");

    public static RunFailedException UnknownType(string path, string name, string type) => Fail(
        "PD5205",
        $"`{name}` in `{path}` has elements of type `{type}`; "
            + $"{string.Join(", ", SafetensorsType.All.Select(known => known.Name))} can be read",
        help: "convert it first: `tensor.to(torch.float32)`");

    public static RunFailedException BeyondFile(string path, SafetensorsEntry entry, long dataBytes) => Fail(
        "PD5206",
        $"`{entry.Name}` in `{path}` ends at byte {entry.End} of the data, and the file holds {Count(dataBytes)} of data");

    public static RunFailedException NotSideBySide(string path, SafetensorsEntry entry, long end) => Fail(
        "PD5206",
        entry.Start < end
            ? $"`{entry.Name}` in `{path}` starts at byte {entry.Start} of the data, "
                + $"inside the tensor before it, which ends at {end}"
            : $"`{entry.Name}` in `{path}` starts at byte {entry.Start} of the data, "
                + $"and the tensor before it ends at {end}: nothing owns the {Count(entry.Start - end)} between");

    public static RunFailedException BytesLeftOver(string path, long end, long dataBytes) => Fail(
        "PD5206",
        $"the tensors of `{path}` end at byte {end} of the data, and the file holds {Count(dataBytes)} of data");

    public static RunFailedException WrongByteCount(
        string path, string name, SafetensorsType type, Shape shape, BigInteger expected, long found) => Fail(
        "PD5207",
        string.Create(
            CultureInfo.InvariantCulture,
            $"`{name}` in `{path}` is {type.Name} of shape {shape}, which takes {expected} bytes, and its offsets hold {found}"));

    public static RunFailedException DuplicateName(string path, string name) => Fail(
        "PD5208",
        $"the header of `{path}` names `{name}` twice");

    public static RunFailedException PiecesDoNotFit(string path, string name, Shape whole) => Fail(
        "PD5210",
        $"`{name}` in `{path}` is a piece of a tensor of shape {whole}, and the other pieces are not there",
        help: "name the folder of the checkpoint, which holds all of them: `--init runs/NAME/TIMESTAMP/checkpoints/step-N`");

    private static string Count(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes} {(bytes == 1 ? "byte" : "bytes")}");

    private static RunFailedException Fail(string code, string message, Exception? cause = null, string help = Recreate) =>
        new(new Diagnostic(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []), cause);
}
