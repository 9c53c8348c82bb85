using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Idx;

/// <summary>What can be wrong with IDX files: PD5005 to PD5007, and labels beyond the classes. One function a mistake.</summary>
internal static class IdxErrors
{
    private const string FetchAgain = "get the file again, or check that it is not another one under this name";

    public static Diagnostic NotIdx(SourceSpan span, string file, string found, int dimensions) => DataErrors.Error(
        "PD5005",
        span,
        "not an IDX file of bytes",
        $"`{file}` starts with {found}, and 00 00 08 {dimensions:X2} was expected: "
            + $"unsigned bytes in {Number(dimensions)} dimension{(dimensions == 1 ? "" : "s")}",
        FetchAgain);

    public static Diagnostic Truncated(SourceSpan span, string file, double announced, long found) => DataErrors.Error(
        "PD5006",
        span,
        "cut short",
        $"`{file}` announces {announced:N0} bytes and ends after {found:N0}",
        FetchAgain);

    public static Diagnostic TooLong(SourceSpan span, string file, long announced) => DataErrors.Error(
        "PD5006",
        span,
        "longer than it says",
        $"`{file}` announces {announced:N0} bytes and holds more",
        FetchAgain);

    public static Diagnostic CountsDiffer(SourceSpan span, string images, long imageCount, string labels, long labelCount) =>
        DataErrors.Error(
            "PD5007",
            span,
            "images and labels do not match",
            $"`{images}` holds {Number(imageCount)} images and `{labels}` holds {Number(labelCount)} labels",
            "take both files from the same release of the data set");

    public static Diagnostic ShapesDiffer(SourceSpan span, Shape training, Shape test) => DataErrors.Error(
        "PD5007",
        span,
        "training and test do not match",
        $"the training images are {training} and the test images are {test}",
        "take both files from the same release of the data set");

    public static Diagnostic NotAClass(SourceSpan span, string file, long position, byte label, long wrong, long classes) =>
        DataErrors.Error(
            "PD5011",
            span,
            "labels beyond the classes",
            $"label {Number(position)} of `{file}` is {Number(label)}, "
                + $"and a class from 0 to {Number(classes - 1)} was expected; "
                + $"{Number(wrong)} such label{(wrong == 1 ? " is" : "s are")} in the file",
            "write the right count: `target class N`");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
