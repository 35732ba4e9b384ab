package io.tollgate.trading.engine.report;

/** How a report looks, on paper, on a phone, in the dark. */
final class ReportStyle {
  static final String CSS =
      """
      :root { color-scheme: light dark; --page: #f5f6f7; --surface: #fff; --text: #171a1f;
        --soft: #5f6873; --line: #d8dce0; --accent: #0e6377; --good: #1b7438; --bad: #b3261e;
        --warn: #8a5200; --warn-soft: #fcf0da; }
      @media (prefers-color-scheme: dark) { :root { --page: #0f1215; --surface: #171b20;
        --text: #e9ecef; --soft: #98a2ac; --line: #2e353d; --accent: #5cc1d5; --good: #62c98b;
        --bad: #ff8f85; --warn: #e6b450; --warn-soft: #35290f; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 32px 24px; max-width: 1120px; background: var(--page);
        color: var(--text); font: 14px/22px Inter, system-ui, "PingFang SC", "Microsoft YaHei",
        "Noto Sans CJK SC", sans-serif; font-variant-numeric: tabular-nums; }
      h1 { margin: 0 0 16px; font-size: 24px; line-height: 32px; }
      h2 { margin: 0 0 12px; font-size: 16px; line-height: 24px; }
      section { margin-bottom: 16px; padding: 20px; border: 1px solid var(--line);
        border-radius: 8px; background: var(--surface); }
      .warning { margin: 0 0 16px; padding: 8px 12px; border-radius: 4px;
        background: var(--warn-soft); color: var(--warn); }
      dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(232px, 1fr));
        gap: 16px 24px; margin: 0; }
      dt { color: var(--soft); font-size: 12px; line-height: 20px; }
      dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
      .asked dd { font-weight: 400; }
      .frame { position: relative; height: 240px; margin: 0 8px 28px 72px; }
      svg { display: block; width: 100%; height: 100%; overflow: visible; }
      svg * { vector-effect: non-scaling-stroke; }
      polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; }
      polyline.fall { stroke: var(--bad); } polyline.price { stroke: var(--soft); }
      polygon { fill: var(--accent); fill-opacity: .1; } polygon.fall { fill: var(--bad); }
      polygon.band { fill: var(--soft); fill-opacity: .22; }
      path { fill: none; stroke: var(--line); } .won { stroke: var(--good); }
      .lost { stroke: var(--bad); } .won, .lost { stroke-width: 1.5; }
      path.lost { stroke-dasharray: 4 3; }
      path.dot { stroke-linecap: round; stroke-width: 8; stroke-dasharray: none; }
      path.ring { stroke-width: 9; } path.hole { stroke: var(--surface); stroke-width: 5; }
      .x, .y { position: absolute; color: var(--soft); font-size: 12px; line-height: 16px;
        white-space: nowrap; }
      .y { right: calc(100% + 8px); transform: translateY(-50%); }
      .x { top: calc(100% + 8px); transform: translateX(-50%); }
      .note { margin: 0 0 12px; color: var(--soft); font-size: 12px; }
      .scroll { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; font-size: 13px; white-space: nowrap; }
      th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); text-align: right; }
      th { color: var(--soft); font-size: 12px; } th:first-child, td:first-child { text-align: left; }
      td.gain { color: var(--good); } td.loss { color: var(--bad); }
      @media (max-width: 640px) { body { padding: 16px; } section { padding: 16px; }
        .x.second { display: none; } dl { grid-template-columns: 1fr 1fr; gap: 12px; } }
      @media print { body { max-width: none; background: none; } section { break-inside: avoid; } }
      """;

  private ReportStyle() {}
}
