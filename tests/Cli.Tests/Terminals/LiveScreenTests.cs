using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using ParDsl.Cli.Output;
using Xunit;

namespace ParDsl.Cli.Tests.Terminals;

/// <summary>Lines that are drawn in place find their way back up, whatever has become of the window meanwhile.</summary>
public sealed class LiveScreenTests
{
    private readonly List<string> written = [];

    private int columns = 80;

    private int rows = 24;

    [Fact]
    public void A_frame_goes_over_the_last_one()
    {
        var screen = Screen();
        screen.Draw(Frame("first", "second"));
        screen.Draw(Frame("third", "fourth"));
        Assert.Equal(["\u001b[2Kfirst\n\u001b[2Ksecond\n\u001b[J", "\u001b[2A\r\u001b[2Kthird\n\u001b[2Kfourth\n\u001b[J"], written);
    }

    [Fact]
    public void A_window_made_narrower_has_folded_the_lines()
    {
        var screen = Screen();
        screen.Draw(Frame(new string('x', 70), "\u001b[1mshort\u001b[0m"));
        columns = 30;
        screen.Draw(Frame("y"));
        Assert.StartsWith("\u001b[4A\r", written[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_made_wider_has_joined_them()
    {
        var screen = Screen();
        screen.Draw(Frame(new string('x', 80), "short"));
        columns = 120;
        screen.Clear();
        Assert.Equal("\u001b[2A\r\u001b[J", written[1]);
    }

    [Fact]
    public void A_low_window_shows_the_last_lines()
    {
        rows = 3;
        var screen = Screen();
        screen.Draw(Frame("first", "second", "third", "fourth"));
        Assert.Equal("\u001b[2Kthird\n\u001b[2Kfourth\n\u001b[J", written[0]);
    }

    private LiveScreen Screen() => new(
        FuncConvert.FromFunc(() => columns), FuncConvert.FromFunc(() => rows), FuncConvert.FromAction<string>(written.Add));

    private static FSharpList<string> Frame(params string[] lines) => ListModule.OfSeq(lines);
}
