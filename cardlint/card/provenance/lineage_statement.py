"""A statement of the body about the models and datasets that a card's model was made from."""

from __future__ import annotations

from msgspec import Struct

from cardlint.card.provenance.model_names import Name
from cardlint.source import Span

__all__ = ["LineageStatement"]


class LineageStatement(Struct, frozen=True, kw_only=True):
    """A statement of the body about the origin of the model; `span` is all of it.

    `form` is `sentence` for the sentences that the Trainer and TRL write (and people copy), `prose` for any other
    sentence, `label` for a bullet, line, row or section `Base model: x`, and `recipe` or `code` for code blocks. `base`
    is None for a model trained from scratch. `relation` is one of `cardlint.vocabulary.lineage.english.RELATIONS`.
    `unknown` is the span of "an unknown dataset".
    """

    span: Span
    form: str
    base: Name | None
    relation: str = "finetune"
    datasets: tuple[Name, ...] = ()
    unknown: Span | None = None
