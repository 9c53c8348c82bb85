using System.Globalization;
using System.Text;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Text;

/// <summary>What can be wrong with a text: PD5040 to PD5042. One function a mistake.</summary>
internal static class TextErrors
{
    /// <param name="place">The byte's place in the text, unpacked, counted from 0.</param>
    public static Diagnostic NotUtf8(SourceSpan span, string file, long place, byte found) => DataErrors.Error(
        "PD5040",
        span,
        "not UTF-8",
        $"`{file}` is not UTF-8: its byte {Number(place)}, 0x{found:X2}, begins no character",
        "write it anew in UTF-8, as `iconv -f LATIN1 -t UTF-8` does with a text in Latin 1");

    public static Diagnostic TooShort(SourceSpan span, string file, long count, int length) => DataErrors.Error(
        "PD5041",
        span,
        "too short for one sample",
        $"`{file}` has {Number(count)} characters, and a sample of `length={Number(length)}` needs one more than its length: "
            + $"{Number(length)} + 1 = {Number(length + 1L)}",
        count > 1 ? $"write `length={Number(Math.Max(1, (count - 1) / 10))}`, or give it more text" : "give it more text");

    public static Diagnostic OneCharacter(SourceSpan span, string file, int character) => DataErrors.Error(
        "PD5042",
        span,
        "nothing to learn",
        $"`{file}` has only one character, {Shown(character)}, over and over: there is nothing to tell from it",
        "give it a text with at least two different characters");

    private static string Shown(int character) => Rune.IsControl(new Rune(character))
        ? $"U+{character:X4}"
        : $"`{new Rune(character)}`";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
