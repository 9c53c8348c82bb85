using System.Net;
using System.Text.RegularExpressions;

namespace ParDsl.Runtime.Launching;

/// <summary>The names by which launchers reach machines.</summary>
internal static partial class HostName
{
    /// <summary>The most ranks that one machine can be given.</summary>
    public const int MostSlots = 65536;

    /// <summary>A name of letters, digits, dots, dashes and underscores, or an IPv4 address.</summary>
    public static bool IsSound(string name) =>
        name.Length <= 253 && Pattern().IsMatch(name) && (!Digits().IsMatch(name) || IsAddress(name));

    public static int? Slots(string text) =>
        int.TryParse(text, out var slots) && slots is >= 1 and <= MostSlots ? slots : null;

    private static bool IsAddress(string name) => name.Split('.').Length == 4 && IPAddress.TryParse(name, out _);

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")]
    private static partial Regex Pattern();

    [GeneratedRegex("^[0-9.]+$")]
    private static partial Regex Digits();
}
