using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>A Chromium without a window that opens pages. Where none is installed, the test is skipped and says so.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Notes errors from the page's first element on.</summary>
    private const string Watch = """
        <script>window.errors = []; window.addEventListener('error', event => window.errors.push(event.message));</script>
        """;

    /// <summary>
    /// A window has a least width, a frame has none: the page stands in a frame of the size, which is asked when it has loaded.
    /// </summary>
    private const string Around = """
        <!DOCTYPE html><html><body><pre></pre><script>
          // What the first timeline shows, and what its buttons make of its width.
          function look(timeline, page, inner) {
            const bars = timeline.querySelector('.bars');
            const view = timeline.querySelector('.view');
            const colorOf = (element, name) => inner.getComputedStyle(element)[name];
            const middle = element => { const box = element.getBoundingClientRect(); return box.top + box.height / 2; };
            const labels = () => [...bars.querySelectorAll('g text')].filter(text => colorOf(text, 'display') !== 'none').length;
            const press = name => { timeline.querySelector(`button[title="${name}"]`).click(); return bars.getBoundingClientRect().width / view.clientWidth; };
            const rows = [...bars.querySelectorAll('g')];
            const swatches = [...page.querySelectorAll('#timeline .legend .swatch')];
            return {
              title: page.querySelector('#timeline h3').textContent,
              names: [...timeline.querySelectorAll('.names div')].map(name => name.textContent),
              apart: Math.max(...[...timeline.querySelectorAll('.names div')].map((name, row) => Math.abs(middle(name) - middle(rows[row].querySelector('rect'))))),
              barCounts: rows.map(row => row.querySelectorAll('rect').length),
              legend: swatches.map(swatch => swatch.parentElement.textContent),
              swatches: swatches.map(swatch => colorOf(swatch, 'backgroundColor')),
              fills: swatches.map(swatch => { const bar = bars.querySelector('rect.' + swatch.classList[1] + ':not(.odd)'); return bar && colorOf(bar, 'fill'); }),
              labels: labels(),
              zooms: [press('zoom in'), press('zoom in'), press('zoom out')],
              zoomedLabels: labels(),
              fit: press('show all'),
            };
          }

          const frame = document.createElement('iframe');
          frame.style.cssText = 'border: 0; width: WIDTHpx; height: HEIGHTpx';
          frame.onload = () => {
            const [inner, page] = [frame.contentWindow, frame.contentDocument];
            const seen = document.documentElement.dataset;
            seen.window = inner.innerWidth;
            seen.content = page.documentElement.scrollWidth;
            const timeline = page.querySelector('.timeline');
            if (timeline) seen.timeline = JSON.stringify(look(timeline, page, inner));
            seen.errors = inner.errors.join('; ');
            document.querySelector('pre').textContent = page.documentElement.outerHTML;
          };
          frame.srcdoc = TEXT;
          document.body.append(frame);
        </script></body></html>
        """;

    /// <summary>Opens a page in a window of that size. The page is a copy that notes its errors.</summary>
    public static SeenPage Open(string path, int width, int height)
    {
        var chromium = Names.Select(Find).FirstOrDefault(found => found is not null);
        if (chromium is null)
            Assert.Skip("no Chromium is here: apt-get install chromium");
        using var scratch = new Scratch();
        var page = File.ReadAllText(path).Replace("<head>", "<head>" + Watch, StringComparison.Ordinal);
        var around = Around
            .Replace("WIDTH", width.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("HEIGHT", height.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("TEXT", JsonSerializer.Serialize(page), StringComparison.Ordinal);
        scratch.Write("page.html", around);
        return Read(Dump(chromium, scratch));
    }

    private static string Dump(string chromium, Scratch scratch)
    {
        var start = new ProcessStartInfo(
            chromium,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
                $"--user-data-dir={scratch.At("profile")}",
                "--window-size=1400,1000",
                "--dump-dom", "file://" + scratch.At("page.html"),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Chromium did not start");
        process.StandardInput.Close();
        var result = Pardsl.Finish(process, Patience);
        Assert.True(result.Exit == 0, result.Error);
        return result.Output;
    }

    private static SeenPage Read(string dom)
    {
        string Value(string name) => Regex.Match(dom, $"<html[^>]* data-{name}=\"([^\"]*)\"").Groups[1].Value;
        Assert.True(Value("window").Length > 0, "the page's script did not come to its end");
        return new SeenPage(
            WebUtility.HtmlDecode(dom),
            int.Parse(Value("window"), CultureInfo.InvariantCulture),
            int.Parse(Value("content"), CultureInfo.InvariantCulture),
            WebUtility.HtmlDecode(Value("timeline")) is { Length: > 0 } timeline
                ? JsonSerializer.Deserialize<SeenTimeline>(timeline, JsonSerializerOptions.Web)
                : null,
            Value("errors"));
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
