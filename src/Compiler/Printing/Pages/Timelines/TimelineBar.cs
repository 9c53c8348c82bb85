namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>One bar of a timeline.</summary>
/// <param name="Words">What is done: <c>forward of micro-batch 3</c>.</param>
/// <param name="Label">What stands on the bar where it fits: a micro-batch's number, or nothing.</param>
/// <param name="Start">In seconds since the update began.</param>
/// <param name="IsBackground">Whether it goes on beside the rank's other bars.</param>
internal readonly record struct TimelineBar(
    ActionColor Color, string Words, string Label, double Start, double End, bool IsBackground)
{
    public double Seconds => End - Start;
}
