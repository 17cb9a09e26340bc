"""The page's only script: it filters the findings by severity, rule and text."""

import base64
import hashlib

__all__ = ["POLICY", "POLICY_WITH_SCRIPT", "SCRIPT"]

SCRIPT = """\
"use strict";
const text = document.getElementById("filter-text");
const severities = [...document.querySelectorAll(".switches input")];
const rules = [...document.querySelectorAll(".by-rule input")];
const cards = [...document.querySelectorAll("section.card")].map(section => ({
  section,
  entry: document.getElementById("to-" + section.id),
  path: section.querySelector("h2").textContent.toLowerCase(),
  notes: [...section.querySelectorAll(".finding")].map(element => ({
    element,
    mark: document.getElementById(element.id.replace("note", "mark")),
    words: element.textContent.toLowerCase(),
  })),
}));

function filter() {
  const off = new Set(severities.filter(box => !box.checked).map(box => box.value));
  const only = new Set(rules.filter(box => box.checked).map(box => box.value));
  const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0, all = 0;
  for (const card of cards) {
    let here = 0;
    for (const note of card.notes) {
      const { rule, severity } = note.element.dataset;
      const fits = !off.has(severity) && (!only.size || only.has(rule))
        && words.every(word => note.words.includes(word) || card.path.includes(word));
      note.element.hidden = !fits;
      if (note.mark) note.mark.classList.toggle("off", !fits);
      here += fits;
    }
    card.section.hidden = !here;
    if (card.entry) card.entry.hidden = !here;
    shown += here;
    all += card.notes.length;
  }
  document.getElementById("shown").textContent = `${shown} of ${all} shown`;
}

for (const box of [...severities, ...rules]) box.addEventListener("change", filter);
text.addEventListener("input", filter);
document.body.classList.add("scripted");
filter();  // a browser may restore the controls of an earlier visit
"""

_HASH = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The content security policy of a page: it loads nothing, and no script runs."""

POLICY_WITH_SCRIPT = f"{POLICY}; script-src 'sha256-{_HASH}'"
"""The same policy, but for this one script."""
