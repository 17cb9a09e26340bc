"""What stands inside those top-level keys of a front matter that take a mapping or a list of them, and of which type.

Refresh: compare `ApiModelMetadata` and `WidgetExample` of the latest npm `@huggingface/hub` and `@huggingface/tasks`.
"""

from __future__ import annotations

__all__ = ["GATED_FIELDS", "WIDGET", "WIDGET_INPUTS"]

SOURCE = "`api-model.ts` of npm `@huggingface/hub` 2.17.5, `widget-example.ts` of npm `@huggingface/tasks` 0.21.54"
DATE = "2026-08-22"

WIDGET = {
    "example_title": "text",
    "group": "text",
    "text": "text",
    "context": "text",
    "prompt": "text",
    "src": "text",
    "table": "a table",
    "structured_data": "a table",
    "candidate_labels": "text",
    "messages": "a list",
    "multi_class": "`true` or `false`",
    "source_sentence": "text",
    "sentences": "a list",
    "parameters": "a mapping",
    "output": "a mapping or a list",
}
"""The keys of a widget's example, each with what it takes."""

WIDGET_INPUTS = frozenset(WIDGET) - {"example_title", "group", "candidate_labels", "multi_class", "parameters"}
"""Those by which an example shows something; without one of them there is nothing to try."""

GATED_FIELDS = ("text", "checkbox", "date_picker", "country", "ip_location")
"""What a field of a gated repository's form may be; `select`, with its `options`, is the one beside them."""
