namespace ParDsl.Compiler.Printing.Pages;

/// <summary>The look of the page's drawings. Heights and distances are those that the drawings count with.</summary>
internal static class ChartStyle
{
    public const string Text = """
        .forward { fill: var(--forward); background: var(--forward); } .again { fill: var(--again); background: var(--again); }
        .backward { fill: var(--backward); background: var(--backward); } .weights { fill: var(--weights); background: var(--weights); }
        .message { fill: var(--message); background: var(--message); } .collective { fill: var(--collective); background: var(--collective); }
        .wait { fill: var(--wait); background: var(--wait); } .update { fill: var(--update); background: var(--update); }
        .other { fill: var(--other); background: var(--other); }
        .parameters { fill: var(--forward); background: var(--forward); } .gradients { fill: var(--backward); background: var(--backward); }
        .masters { fill: var(--weights); background: var(--weights); } .optimizer { fill: var(--again); background: var(--again); }
        .buffers { fill: var(--other); background: var(--other); } .whole_buckets { fill: var(--update); background: var(--update); }
        .batches { fill: var(--collective); background: var(--collective); } .workspace { fill: var(--wait); background: var(--wait); }
        .activations { fill: var(--message); background: var(--message); }
        .timeline { position: relative; display: grid; grid-template-columns: minmax(64px, max-content) minmax(0, 1fr); margin-top: 10px; }
        .buttons { grid-column: 1 / -1; display: flex; justify-content: flex-end; gap: 4px; margin-bottom: 6px; }
        .buttons button { min-width: 30px; height: 26px; padding: 0 8px; border: 1px solid var(--line); border-radius: 5px; background: var(--raised); color: var(--ink); font: inherit; font-size: 13px; line-height: 1; cursor: pointer; }
        .buttons button:hover { border-color: var(--soft); }
        .names { max-width: 170px; padding-right: 12px; font-size: 13px; font-variant-numeric: tabular-nums; }
        .names div { overflow: hidden; line-height: 26px; white-space: nowrap; text-overflow: ellipsis; }
        .view { overflow-x: auto; overflow-y: hidden; cursor: grab; border-radius: 3px; }
        .view.dragged { cursor: grabbing; user-select: none; }
        .view:focus-visible, button:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .bars { display: block; width: 100%; overflow: hidden; }
        .bars rect { stroke: var(--ground); stroke-width: 1px; paint-order: stroke; }
        .bars rect:hover { stroke: var(--ink); }
        .bars .thin { stroke: none; }
        .bars .odd { fill-opacity: 0.8; }
        .bars text { fill: #fff; font-size: 11px; text-anchor: middle; pointer-events: none; font-variant-numeric: tabular-nums; }
        .bars .time { fill: var(--soft); }
        .bars .tick { stroke: var(--line); stroke-width: 1; }
        .z0, .z1, .z2, .z3, .z4, .z5, .z6, .z7, .z8, .z9 { display: none; }
        .l0 .z0, .l1 .z1, .l2 .z2, .l3 .z3, .l4 .z4, .l5 .z5, .l6 .z6, .l7 .z7, .l8 .z8, .l9 .z9 { display: inline; }
        .tick.z0, .time.z0 { display: inline; }
        .memory { display: grid; grid-template-columns: minmax(64px, 150px) minmax(0, 1fr) 82px; align-items: center; column-gap: 12px; margin-top: 8px; font-size: 13px; font-variant-numeric: tabular-nums; }
        .memory svg { display: block; width: 100%; border-radius: 2px; }
        .memory .track { fill: var(--wait); }
        .memory .number { text-align: right; }
        .who { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
        .devices { display: flex; flex-wrap: wrap; gap: 6px; margin: 10px 0 0; padding: 0; list-style: none; font-size: 13px; }
        .devices li { max-width: 100%; padding: 3px 9px; border: 1px solid var(--line); border-radius: 5px; background: var(--raised); }
        .devices strong { font-weight: 560; }
        .devices span { margin-left: 8px; color: var(--soft); }
        .graph { position: relative; margin-top: 6px; }
        .edges { position: absolute; left: 0; top: 0; }
        .edges path { fill: none; stroke: var(--soft); stroke-width: 1.5; }
        .edges .skip { stroke: var(--accent); }
        .edges circle { fill: var(--soft); }
        .layers { border-collapse: separate; border-spacing: 0 6px; table-layout: fixed; width: 100%; max-width: 860px; }
        .layers th, .layers td { height: 28px; padding: 0 10px; overflow: hidden; line-height: 26px; text-align: left; white-space: nowrap; text-overflow: ellipsis; }
        .layers thead th { height: 24px; line-height: 24px; }
        .layers td.number, .layers th.number { text-align: right; }
        .layers .layer th, .layers .layer td { border: solid var(--line); border-width: 1px 0; background: var(--raised); }
        .layers .layer th { border-left-width: 1px; border-radius: 5px 0 0 5px; font-weight: 560; }
        .layers .layer td:last-child { border-right-width: 1px; border-radius: 0 5px 5px 0; }
        .layers .repeated th { border-left: 3px solid var(--accent); }
        .layers .head th { padding-left: 2px; color: var(--accent); font-weight: 500; font-size: 13px; }
        .layers .what { width: 26%; }
        .layers .name { width: 15%; color: var(--soft); }
        .layers .shape { width: 19%; }
        .tag { margin-left: 8px; color: var(--again); background: none; font-size: 12px; font-weight: 400; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 28px 40px; margin-top: 14px; }
        .chart { min-width: 0; margin: 0; }
        .chart figcaption { font-size: 13px; color: var(--soft); }
        .chart figcaption strong { margin-right: 14px; color: var(--ink); font-size: 14px; font-weight: 600; }
        .key { margin-right: 14px; }
        .key::before { content: ""; display: inline-block; width: 14px; height: 2px; margin-right: 6px; vertical-align: 4px; background: var(--forward); }
        .key.validation::before { background: var(--collective); }
        .key.each::before { background: var(--other); }
        .plot { position: relative; height: 190px; margin: 10px 0 0 52px; }
        .plot svg { display: block; width: 100%; height: 100%; overflow: visible; }
        .plot path { fill: none; stroke: var(--forward); stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
        .plot .grid { stroke: var(--line); stroke-width: 1; }
        .plot .each { stroke: var(--other); stroke-width: 1; }
        .plot .validation { stroke: var(--collective); }
        .single .each { stroke: var(--forward); stroke-width: 1.5; }
        .single .key.each::before { background: var(--forward); }
        .plot .dot { stroke-width: 6; stroke-linecap: round; }
        .values span, .updates span { position: absolute; font-size: 12px; line-height: 16px; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
        .values span { right: 100%; margin-right: 8px; transform: translateY(-50%); }
        .updates { position: relative; height: 20px; margin: 4px 0 0 52px; }
        .updates span { transform: translateX(-50%); }
        @media (max-width: 600px) {
          .operations, .layers .split { display: none; }
          .names { max-width: 96px; }
          .memory { grid-template-columns: minmax(64px, 96px) minmax(0, 1fr) 76px; column-gap: 8px; }
          .layers th, .layers td { padding: 0 6px; font-size: 13px; }
          .layers .what { width: 33%; }
          .layers .layer td:nth-child(4) { border-right-width: 1px; border-radius: 0 5px 5px 0; }
          .layers .name { width: 19%; }
          .layers .shape { width: 27%; }
        }
        @media print { .buttons { display: none; } section { break-inside: avoid; } }

        """;
}
