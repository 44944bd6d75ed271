"""The look of a report in a browser: light and dark, wide and narrow, on screen and printed."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #111b20; --quiet: #45545c; --rule: #9aa7ad; --accent: #0b4f5c; --paper: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eef0; --quiet: #b3c0c6; --rule: #5c6b73; --accent: #6cc5d6; --paper: #12191d; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 64rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 "Noto Sans", "Segoe UI", Arial, sans-serif;
}
h1 { font-size: 1.8rem; line-height: 1.25; margin: 0.75rem 0 0.5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2rem 0 0.5rem; }
h3, h4, h5, h6 { font-size: 1.05rem; margin: 1.5rem 0 0.5rem; }
h1, h2, h3, h4, p, dd, td, th, caption, figcaption { overflow-wrap: break-word; }
h1, p, dd { white-space: pre-line; }
.of { color: var(--accent); font-weight: 600; border-bottom: 2px solid var(--accent); padding-bottom: 0.25rem; }
.marking { color: var(--quiet); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1.25rem; margin: 0 0 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
.wide { overflow-x: auto; margin: 0.75rem 0 0.5rem; }
.wide:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; border-bottom: 2px solid var(--ink); width: 100%; }
td { font-variant-numeric: tabular-nums; }
caption, figcaption { text-align: left; font-weight: 600; padding-bottom: 0.4rem; }
thead { border-top: 2px solid var(--ink); border-bottom: 1.5px solid var(--ink); }
th, td { padding: 0.3rem 0.75rem; vertical-align: top; text-align: right; min-width: 5.5rem; }
thead th { color: var(--quiet); font-size: 0.9rem; vertical-align: bottom; }
th:first-child, td.text, th.text { text-align: left; }
th:first-child { padding-left: 0; min-width: 9rem; }
th:last-child, td:last-child { padding-right: 0; }
tbody th { font-weight: 400; }
tbody tr + tr { border-top: 1px solid var(--rule); }
td { white-space: nowrap; }
td.text { white-space: normal; }
.small { color: var(--quiet); font-size: 0.875rem; margin: 0.35rem 0; max-width: 48rem; }
figure { margin: 1.25rem 0; }
svg { display: block; width: 100%; max-width: 46.25rem; height: auto; overflow: visible; }
svg { font-family: "Noto Sans", Arial, "Liberation Sans", Helvetica, sans-serif; }
svg .strong { font-weight: 600; }
.fill-ink { fill: var(--ink); } .fill-quiet { fill: var(--quiet); }
.fill-accent { fill: var(--accent); } .fill-paper { fill: var(--paper); }
.stroke-ink { stroke: var(--ink); } .stroke-quiet { stroke: var(--quiet); }
.stroke-accent { stroke: var(--accent); } .stroke-paper { stroke: var(--paper); }
summary { color: var(--quiet); cursor: pointer; margin-top: 0.5rem; min-height: 1.5rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 0.5rem; }
@media print {
  :root { --ink: #111b20; --quiet: #45545c; --rule: #9aa7ad; --accent: #0b4f5c; --paper: #ffffff; }
  @page { size: A4; margin: 20mm 22mm 22mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, caption, figcaption { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  table, .small, footer { font-size: 9pt; }
  thead th { font-size: 8.5pt; }
  th, td, th:first-child { min-width: 0; padding: 2pt 4pt; }
  th:first-child { width: 30%; padding-left: 0; }
  details { display: none; }
}
"""
