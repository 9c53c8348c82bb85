using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>
/// What an update issues in a group, that of many buckets or layers together: <see cref="CollectiveTotals"/> tells them one
/// by one.
/// </summary>
/// <param name="LeastBytes">What each rank puts into the smallest of them.</param>
/// <param name="MostBytes">The same of the largest.</param>
/// <param name="MovedBytes">What each rank sends in all of them, over a ring.</param>
internal sealed record CollectiveKinds(string What, int Times, long LeastBytes, long MostBytes, long MovedBytes)
{
    private static readonly char[] Digits = [.. "0123456789"];

    public static ImmutableArray<CollectiveKinds> Of(ExecutionPlan plan, GroupPlan group) =>
    [
        .. IssuedCollective.Of(plan.Ranks[group.Ranks[0]].Update)
            .Where(issued => issued.Group == group.Index)
            .GroupBy(issued => (issued.Kind, Subject: Kind(issued), Pass: Pass(issued), Size: issued.Layer is null ? 0 : issued.Bytes))
            .Select(same => new CollectiveKinds(
                $"{same.Key.Kind.Words()} {Subject(plan, [.. same])}{same.Key.Pass}",
                same.Count(),
                same.Min(issued => issued.Bytes),
                same.Max(issued => issued.Bytes),
                same.Sum(issued => issued.Kind.MovedBytes(issued.Bytes, group.Ranks.Length)))),
    ];

    /// <summary>"18.4 MiB", or from the smallest to the largest.</summary>
    public string Bytes => LeastBytes == MostBytes ? ByteText.Of(MostBytes) : $"{ByteText.Of(LeastBytes)} to {ByteText.Of(MostBytes)}";

    /// <summary>Buckets without their numbers, layers without anything, all else as it is called.</summary>
    private static string Kind(IssuedCollective issued) => issued switch
    {
        { Layer: not null } => "",
        _ when issued.Subject.TrimEnd(Digits) is var words && words.EndsWith("bucket ", StringComparison.Ordinal) => words.TrimEnd(),
        _ => issued.Subject,
    };

    private static string Subject(ExecutionPlan plan, IssuedCollective[] same)
    {
        var layers = same.Select(issued => issued.Layer).OfType<int>().Distinct().Order().ToArray();
        var subjects = same.Select(issued => issued.Subject).Distinct().ToArray();
        return layers switch
        {
            [] when subjects.Length == 1 => $"of {subjects[0]}",
            [] => $"of {Kind(same[0])}s {Numbers(subjects)}",
            [var single] => $"in {PlanNames.Layer(plan, single)}",
            _ => $"in {Wording.Count(layers.Length, "layer")}, {PlanNames.Layer(plan, layers[0])} to {PlanNames.Layer(plan, layers[^1])}",
        };
    }

    /// <summary>"0 to 73", of "bucket 73" and the others.</summary>
    private static string Numbers(string[] subjects)
    {
        var numbers = subjects.Select(subject => int.Parse(subject[(subject.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)).Order().ToArray();
        return $"{numbers[0]} to {numbers[^1]}";
    }

    /// <summary>The pass without the number of its micro-batch.</summary>
    private static string Pass(IssuedCollective issued) =>
        issued.Pass.Length == 0 ? "" : $",{issued.Pass[..issued.Pass.LastIndexOf(' ')].Replace(" in ", " ", StringComparison.Ordinal)}";
}
