"""The CSS of the summary page for tables of numbers and charts; it extends that of reports."""

__all__ = ["CSS"]

CSS = """\
:root { --good: #2e7d46; } @media (prefers-color-scheme: dark) { :root { --good: #6fcf8b; } }
.good { --hue: var(--good); }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
section { margin: 2.5rem 0; } section > p { margin: .4rem 0; max-width: 46rem; }
.tiles { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem;
  margin: 1.25rem 0 0; padding: 0; }
.tiles li { background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; padding: .75rem 1rem;
  color: var(--soft); font-size: .9rem; line-height: 1.35; }
.tiles b { display: block; color: var(--ink); font-size: 1.7rem; font-weight: 650; line-height: 1.2; }
.wide { margin: .75rem 0; background: var(--paper); border: 1px solid var(--line); border-radius: .4rem;
  width: fit-content; max-width: 100%; }
.wide:focus-visible { outline: 2px solid var(--note); }
table { font-variant-numeric: tabular-nums; }
th, td { border: 0; padding: .25rem .75rem; vertical-align: middle; white-space: nowrap; }
thead th { color: var(--soft); font-weight: 500; font-size: .88em; vertical-align: bottom; white-space: normal;
  border-bottom: 1px solid var(--line); min-width: 5rem; overflow-wrap: break-word; }
tbody th { font-weight: 400; position: sticky; left: 0; background: var(--paper); }
thead th:first-child { position: sticky; left: 0; background: var(--paper); }
tbody tr + tr > * { border-top: 1px solid color-mix(in srgb, var(--line) 50%, transparent); }
tbody th code { background: none; padding: 0; }
.none { color: color-mix(in srgb, var(--soft) 60%, var(--paper)); }
.few { color: var(--soft); font-style: italic; }
.shade { background: color-mix(in srgb, var(--note) calc(var(--share) * .55), transparent); }
.foot { color: var(--soft); font-size: .9rem; }
.chart { min-width: 13rem; width: 100%; }
.bar { display: block; width: 100%; min-width: 12rem; height: .8rem; overflow: visible; --hue: var(--note); }
.bar.error { --hue: var(--error); } .bar.warning { --hue: var(--warning); } .bar.good { --hue: var(--good); }
.bar rect { fill: color-mix(in srgb, var(--hue) 65%, var(--paper)); }
.bar path { stroke: var(--ink); stroke-width: 1.5px; vector-effect: non-scaling-stroke; opacity: .7; }
.bar.unsure path { opacity: .25; }
.stack { display: block; width: 100%; height: 1.6rem; border-radius: .3rem; margin: .75rem 0; }
.stack rect { fill: color-mix(in srgb, var(--hue) 65%, var(--paper)); }
@media (max-width: 40rem) {
  th, td { padding: .25rem .5rem; } .chart { min-width: 8rem; } .bar { min-width: 7rem; }
  tbody th { min-width: 7.5rem; max-width: 9.5rem; white-space: normal; overflow-wrap: break-word; }
  .tiles { grid-template-columns: 1fr 1fr; }
}
@media print { .wide { overflow: visible; border: 0; } tr { break-inside: avoid; } }
"""
