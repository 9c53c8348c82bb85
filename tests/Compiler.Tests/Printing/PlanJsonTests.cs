using System.Text.Json;
using ParDsl.Compiler.Printing;
using ParDsl.Compiler.Tests.Printing.Pages;
using Xunit;

namespace ParDsl.Compiler.Tests.Printing;

/// <summary>A plan as one line of JSON, of a few ranks and of thousands.</summary>
public sealed class PlanJsonTests
{
    [Fact]
    public void Long_lists_are_written_for_one_of_alike_replicas()
    {
        var plan = PagePlans.Mesh.Value;
        var (whole, once) = (Actions(PlanJson.Write(plan)), Actions(PlanJson.Write(plan, mostActions: 10)));
        Assert.Equal(plan.Ranks.Length, Ranks(whole, "ranks").Length);
        Assert.DoesNotContain(whole, entry => entry.TryGetProperty("alike", out _));
        Assert.Equal([0, 1, 2, 3], Ranks(once, "ranks"));
        Assert.Equal([4, 5, 6, 7], Ranks(once, "alike"));
        Assert.All(once, entry => Assert.Contains(
            whole,
            other => other.GetProperty("update").GetRawText() == entry.GetProperty("update").GetRawText()
                && Ranks([other], "ranks").Contains(Ranks([entry], "ranks")[0])));
    }

    /// <summary>With the lists of all of its ranks the line of this plan would have gigabytes.</summary>
    [Fact]
    public void A_plan_of_thousands_of_ranks_is_a_line_that_a_program_can_read()
    {
        var plan = PagePlans.Thousands.Value;
        var entries = Actions(PlanJson.Write(plan));
        Assert.Equal(plan.Ranks.Length / 32, entries.Length);
        Assert.Equal(
            Enumerable.Range(0, plan.Ranks.Length),
            Ranks(entries, "ranks").Concat(Ranks(entries, "alike")).Order());
    }

    private static JsonElement[] Actions(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.GetProperty("actions").EnumerateArray().Select(entry => entry.Clone())];
    }

    private static int[] Ranks(IEnumerable<JsonElement> entries, string name) =>
        [.. entries.SelectMany(entry => entry.GetProperty(name).EnumerateArray()).Select(rank => rank.GetInt32()).Order()];
}
