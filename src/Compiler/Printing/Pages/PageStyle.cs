namespace ParDsl.Compiler.Printing.Pages;

/// <summary>The page's look but for its drawings, light and dark.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root {
          --ground: #ffffff; --raised: #f6f7f8; --line: #dfe2e6; --ink: #1c2025; --soft: #5d6670; --accent: #2f6fb0;
          --forward: #4a78ad; --again: #9474ad; --backward: #2f8a7b; --weights: #7db5a8; --message: #d9a62e;
          --collective: #d97c33; --wait: #e3e5e8; --update: #b85b76; --other: #98a0a9;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #15181c; --raised: #1d2126; --line: #343a42; --ink: #e6e9ec; --soft: #9aa4ae; --accent: #79aee3;
            --forward: #5b8cc6; --again: #a688c0; --backward: #3da08f; --weights: #6fa99c; --message: #d3a73f;
            --collective: #d98546; --wait: #2c3138; --update: #c76d88; --other: #76808a;
          }
        }
        * { box-sizing: border-box; }
        html { background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; -webkit-text-size-adjust: 100%; }
        body { margin: 0; }
        main { max-width: 1120px; margin: 0 auto; padding: 40px 28px 80px; }
        h1 { margin: 0; font-size: 34px; line-height: 1.15; font-weight: 650; letter-spacing: -0.015em; overflow-wrap: anywhere; }
        h2 { margin: 0 0 6px; font-size: 20px; line-height: 1.3; font-weight: 620; }
        h3 { margin: 22px 0 0; font-size: 15px; font-weight: 620; }
        p { margin: 4px 0; max-width: 78ch; overflow-wrap: anywhere; }
        code { font: 0.92em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
        .kind { margin: 0 0 4px; color: var(--soft); font-size: 13px; letter-spacing: 0.02em; }
        .lead { margin-top: 8px; font-size: 17px; }
        .lead strong { font-weight: 620; }
        .note { color: var(--soft); font-size: 14px; }
        section { margin-top: 44px; padding-top: 24px; border-top: 1px solid var(--line); }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 22px 22px; margin: 28px 0 0; }
        .facts > div { min-width: 0; }
        dt { color: var(--soft); font-size: 13px; }
        dd { margin: 0; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
        dd.value { color: var(--ink); font-size: 23px; line-height: 1.3; font-weight: 600; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
        .wide { overflow-x: auto; margin-top: 18px; }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
        caption { caption-side: top; text-align: left; padding: 0 0 4px; color: var(--soft); font-size: 13px; }
        .wide th, .wide td { padding: 5px 22px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        .wide th:last-child, .wide td:last-child { padding-right: 0; }
        thead th { font-weight: 500; color: var(--soft); font-size: 13px; white-space: nowrap; }
        tbody th { font-weight: 500; }
        th.number, td.number, .wide th.number, .wide td.number { text-align: right; white-space: nowrap; }
        .words { min-width: 7em; }
        details { margin-top: 18px; }
        summary { cursor: pointer; color: var(--accent); font-size: 14px; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 12px 0 0; padding: 0; list-style: none; font-size: 13px; color: var(--soft); }
        .swatch { display: inline-block; width: 11px; height: 11px; margin-right: 6px; border-radius: 2px; vertical-align: -1px; }
        @media (max-width: 600px) {
          main { padding: 24px 16px 56px; }
          h1 { font-size: 28px; }
          .facts { grid-template-columns: 1fr 1fr; gap: 18px 16px; }
          dd.value { font-size: 20px; }
          section { margin-top: 32px; }
          .wide th, .wide td { padding-right: 16px; }
        }

        """;
}
