"""The style sheet of the page: wide and narrow, light and dark."""

__all__ = ["LOOK"]

LOOK = """\
:root { color-scheme: light dark; --page: #f6f6f4; --paper: #fff; --ink: #1d1f21; --soft: #62676d; --line: #dcdcd7;
  --code: #f1f1ee; --error: #b3261e; --warning: #8a5a00; --note: #1f5fa8; --related: #6b6f76; }
@media (prefers-color-scheme: dark) { :root { --page: #16181a; --paper: #1e2123; --ink: #e4e4e1; --soft: #9ba1a8;
  --line: #363a3e; --code: #272b2e; --error: #ff8a80; --warning: #f0b429; --note: #82b7ff; --related: #8d939b; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 1rem; max-width: 84rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
header p { margin: .25rem 0; }
a { color: var(--note); }
code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .86em; }
code { background: var(--code); border-radius: .2rem; padding: .1em .25em; } pre code { padding: 0; background: none; }
pre { margin: 0; overflow-x: auto; }
nav ul, .troubles, .places { margin: .25rem 0; padding-left: 1.25rem; }
.made { color: var(--soft); font-size: .88rem; }
.overview { display: flex; flex-wrap: wrap; gap: .75rem 2rem; align-items: flex-start; margin-top: .75rem; }
.overview > details { flex: 1 1 27rem; min-width: 0; background: var(--paper); border: 1px solid var(--line);
  border-radius: .3rem; padding: .5rem .75rem; }
.overview summary { font-weight: 600; cursor: pointer; }
.list { max-height: 24rem; overflow: auto; margin-top: .4rem; }
.list ul { padding: 0; list-style: none; } .list li { padding: .1rem 0; }
.by-rule table { border-collapse: collapse; width: 100%; font-size: .88rem; }
.by-rule th, .by-rule td { border: 0; border-top: 1px solid var(--line); padding: .15rem .3rem; }
.by-rule th { border: 0; color: var(--soft); font-weight: normal; position: sticky; top: 0; background: var(--paper); }
.by-rule td { color: var(--hue, inherit); font-variant-numeric: tabular-nums; }
.by-rule td:first-child { white-space: nowrap; }
.by-rule input, .search { display: none; }
.scripted .by-rule input { display: inline; margin: 0 .3rem 0 0; } .scripted .search { display: inline-block; }
.search input { font: inherit; width: 14rem; max-width: 100%; padding: .1rem .4rem; color: inherit;
  background: var(--paper); border: 1px solid var(--line); border-radius: .3rem; }
.search output { color: var(--soft); margin-left: .4rem; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: left; }
.name code { text-decoration: underline dotted; text-underline-offset: .2em; } .name:hover code { color: var(--note); }
.page { max-width: min(44rem, calc(100vw - 1rem)); max-height: 85vh; overflow: auto; padding: 1rem 1.25rem;
  color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
  box-shadow: 0 .5rem 2rem rgb(0 0 0 / 25%); }
.page::backdrop { background: rgb(0 0 0 / 35%); }
.page h2 { margin: 0; } .page h3 { font-size: 1rem; margin: .75rem 0 .25rem; } .page p { margin: .5rem 0; }
.page .code { background: var(--code); padding: .5rem .75rem; border-radius: .3rem; white-space: pre-wrap; }
.page .facts { color: var(--soft); font-size: .88rem; margin: 0; }
.close { float: right; font-size: 1.5rem; line-height: 1; padding: 0 .25rem; color: var(--soft); }
.badge.error, b { font-weight: 600; } .troubles { color: var(--error); }
.switches label { display: inline-block; margin-right: 1rem; cursor: pointer; }
.error { --hue: var(--error); } .warning { --hue: var(--warning); } .note { --hue: var(--note); }
.related { --hue: var(--related); }
label.error, label.warning, label.note, .badge { color: var(--hue); }
.badge { border: 1px solid; border-radius: 1rem; padding: 0 .45rem; font-size: .75rem; }
section { display: flow-root; margin: 2rem 0; }
.sheet { padding-right: 24rem; } .sheet .margin { float: right; clear: right; width: 23rem; margin-right: -24rem; }
.block { position: relative; background: var(--paper); padding: .1rem 1.25rem .1rem 3.5rem;
  border: solid var(--line); border-width: 0 1px; }
.row:first-of-type > .block { border-top-width: 1px; padding-top: .75rem; }
.row:last-of-type > .block { border-bottom-width: 1px; padding-bottom: .75rem; }
.covered > .block { box-shadow: inset 3px 0 var(--hue); }
.line { position: absolute; left: 0; width: 2.75rem; text-align: right; color: var(--soft); font: .72rem/2.1 monospace;
  user-select: none; }
.yaml .block { background: var(--code); padding-top: 0; padding-bottom: 0; }
.yaml pre { line-height: 1.6; white-space: pre-wrap; }
.block > p, .block > ul, .block > ol, .block > blockquote, .block > pre, .block > div, .block > hr { margin: .55rem 0; }
.block ul, .block ol { padding-left: 1.5rem; } li > p { margin: .3rem 0; }
.yaml .block > pre { margin: 0; } .code.html { white-space: pre-wrap; }
.heading { font-weight: 650; line-height: 1.25; } .h1 { font-size: 1.6rem; } .h2 { font-size: 1.3rem; }
.h3 { font-size: 1.1rem; } .h4, .h5, .h6 { font-size: 1rem; }
.code { background: var(--code); border-radius: .3rem; padding: .6rem .75rem; }
.html { color: var(--soft); } .image::before { content: "image: "; } .image, .footnote { color: var(--soft); }
sup + p { display: inline; margin-left: .4rem; }
blockquote { border-left: 3px solid var(--line); padding-left: .9rem; color: var(--soft); }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .92em; overflow-wrap: normal; }
th, td { border: 1px solid var(--line); padding: .25rem .55rem; text-align: left; vertical-align: top; }
.right { text-align: right; } .center { text-align: center; }
span.link { text-decoration: underline dotted; }
mark { color: inherit; border-radius: .15rem; background: color-mix(in srgb, var(--hue) 16%, transparent);
  box-shadow: 0 2px var(--hue); }
mark.related { background: none; box-shadow: 0 1px var(--hue); } .hit { box-shadow: 0 2px var(--hue); }
mark.off { background: none; box-shadow: none; } [hidden] { display: none !important; }
mark:target, .finding:target { outline: 2px solid var(--hue); outline-offset: 2px; }
.finding { background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--hue);
  border-radius: .3rem; padding: .5rem .75rem; margin: 0 0 .4rem; font-size: .88rem; }
.finding p { margin: .15rem 0; } .what b { color: var(--hue); } .to { float: right; }
.help, .places { color: var(--soft); }
.remark { color: var(--soft); font-style: italic; }
details pre { margin-top: .3rem; background: var(--code); padding: .4rem .5rem; border-radius: .3rem; }
del, ins { text-decoration: none; } del { color: var(--error); } ins { color: #1a7f37; }
@media (prefers-color-scheme: dark) { ins { color: #6fdd8b; } }
body:has(#show-error:not(:checked)) .finding.error, body:has(#show-warning:not(:checked)) .finding.warning,
body:has(#show-note:not(:checked)) .finding.note { display: none; }
footer { color: var(--soft); font-size: .8rem; }
@media (max-width: 62rem) {
  body { padding: .6rem; }
  .sheet { padding-right: 0; } .row { display: flex; flex-direction: column; }
  .sheet .margin { order: 2; float: none; width: auto; margin: 0; padding: .2rem 0 .5rem 1rem; }
  .block { padding: .1rem .75rem .1rem 2.4rem; } .line { width: 2rem; }
}
@media print { .switches { display: none; } .finding { break-inside: avoid; } }
"""
