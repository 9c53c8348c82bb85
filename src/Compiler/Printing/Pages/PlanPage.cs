using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages.Models;
using ParDsl.Compiler.Printing.Pages.Runs;
using ParDsl.Compiler.Printing.Pages.Timelines;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>
/// A plan as one page of HTML that needs nothing else: the model on its devices, an update's timeline, memory, layouts and
/// traffic; after a run also what was measured, and its curves. The same plan gives the same page.
/// </summary>
public static class PlanPage
{
    public static string Write(ExecutionPlan plan) => Write(plan, null);

    /// <param name="run">What a run of the plan showed; null before one.</param>
    public static string Write(ExecutionPlan plan, MeasuredRun? run)
    {
        var html = new HtmlWriter();
        using (html.Within("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")))
        {
            Head(html, $"{plan.Program.Name}: {(run is null ? "plan" : "report")}");
            using (html.Within("body"))
            {
                using (html.Within("main"))
                    Sections(html, plan, run);
                html.Verbatim("script", PageScript.Text);
            }
        }

        html.Line();
        return html.ToString();
    }

    private static void Head(HtmlWriter html, string title)
    {
        using (html.Within("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Element("title", title);
            html.Verbatim("style", PageStyle.Text + ChartStyle.Text);
        }

        html.Line();
    }

    private static void Sections(HtmlWriter html, ExecutionPlan plan, MeasuredRun? run)
    {
        SummarySection.Write(html, plan, run);
        if (run is not null)
        {
            MeasuredSection.Write(html, plan, run);
            CurveSection.Write(html, run);
        }

        TimelineSection.Write(html, plan, run);
        ModelSection.Write(html, plan);
        MemorySection.Write(html, plan);
        CandidateSection.Write(html, plan);
        TrafficSection.Write(html, plan);
    }
}
