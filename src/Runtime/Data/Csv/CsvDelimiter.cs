using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>The one character between two values, as the spec writes it; <c>\t</c> may be written for a tab.</summary>
internal static class CsvDelimiter
{
    public static char Of(DatasetRequest request)
    {
        var written = request.Source.Arguments.Text("delimiter");
        var delimiter = written == "\\t" ? "\t" : written;
        if (delimiter.Length != 1 || !IsPossible(delimiter[0]))
            throw new RunFailedException(CsvErrors.BadDelimiter(request.SourceSpan, written));
        return delimiter[0];
    }

    // Numbers must not fall apart at it: it is no digit, letter, sign or dot.
    private static bool IsPossible(char letter) =>
        char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) && !"\"\r\n\0.+-".Contains(letter, StringComparison.Ordinal);
}
