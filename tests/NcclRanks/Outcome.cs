using System.Globalization;

namespace ParDsl.NcclRanks;

/// <summary>The line that says what became of a rank: <c>1 ok RESULT</c>, or <c>1 EXCEPTION MESSAGE</c>.</summary>
internal static class Outcome
{
    public static void Write(int rank, Func<string> work)
    {
        var words = Words(work);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rank} {words}"));
    }

    private static string Words(Func<string> work)
    {
        try
        {
            return $"ok {work()}";
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name} {failure.Message.ReplaceLineEndings(" ")}";
        }
    }
}
