using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Writes down what there is to see, then zooms in once.</summary>
    private const string Tell = """
        <script>
          const seen = document.documentElement.dataset;
          seen.window = window.innerWidth;
          seen.content = document.documentElement.scrollWidth;
          const button = document.querySelector('.timeline button');
          if (button) { button.click(); seen.zoomed = document.querySelector('.bars').style.width; }
          seen.errors = window.errors.join('; ');
        </script>
        """;

    /// <summary>Opens a page in a window of that size. The page is a copy with what watches it.</summary>
    public static SeenPage Open(string path, int width, int height)
    {
        var chromium = Names.Select(Find).FirstOrDefault(found => found is not null);
        if (chromium is null)
            Assert.Skip("no Chromium is here: apt-get install chromium");
        using var scratch = new Scratch();
        var page = File.ReadAllText(path)
            .Replace("<head>", "<head>" + Watch, StringComparison.Ordinal)
            .Replace("</body>", Tell + "</body>", StringComparison.Ordinal);
        scratch.Write("page.html", page);
        return Read(Dump(chromium, scratch, width, height));
    }

    private static string Dump(string chromium, Scratch scratch, int width, int height)
    {
        var start = new ProcessStartInfo(
            chromium,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
                $"--user-data-dir={scratch.At("profile")}",
                string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"),
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
            dom,
            int.Parse(Value("window"), CultureInfo.InvariantCulture),
            int.Parse(Value("content"), CultureInfo.InvariantCulture),
            Value("zoomed"),
            Value("errors"));
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
