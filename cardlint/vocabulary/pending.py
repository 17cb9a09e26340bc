"""Words that say that a text is still to be written.

Refresh: read the single words and lines that are whole sections of newer cards.
"""

from __future__ import annotations

__all__ = ["ALONE", "ANYWHERE", "NO_NUMBER"]

SOURCE = "sections of a few words in 10,000 real cards; other languages by their dictionaries"
DATE = "2026-08-22"

ANYWHERE = frozenset(
    (
        "todo", "to do", "tbd", "tba", "t.b.d", "t.b.a", "to be done", "to be added", "to be announced",
        "to be written", "to be completed", "to be determined", "to be decided", "to be defined", "to be filled",
        "to be filled in", "to be updated", "to be released", "coming soon", "fill me in", "fill in here",
        "not filled yet", "not filled in yet", "not yet filled", "not yet written", "lorem ipsum",
        "placeholder", "xx.xx", "insert text here", "your text here", "add text here", "add description here",
        "add a description here", "write something here",
        "待补充", "待完善", "待更新", "待添加", "敬请期待", "即将推出", "待補充", "敬請期待",  # Chinese
        "準備中", "作成中", "近日公開", "近日公開予定", "工事中", "未記入", "後で書く",  # Japanese
        "준비 중", "준비중", "작성 중", "작성중", "추후 공개", "추후 공개 예정", "추가 예정", "추후 추가",  # Korean
        "próximamente", "por completar", "por definir", "pendiente de completar",  # Spanish
        "em breve", "a definir", "a ser definido", "a completar",  # Portuguese
        "à venir", "à compléter", "à définir", "bientôt disponible",  # French
        "folgt", "folgt noch", "folgt in kürze", "demnächst", "wird noch ergänzt",  # German
        "скоро", "скоро будет", "будет добавлено", "будет дополнено",  # Russian
        "prossimamente", "in arrivo", "da completare", "da definire",  # Italian
        "binnenkort", "volgt nog", "wordt nog aangevuld",  # Dutch
        "wkrótce", "do uzupełnienia", "do zrobienia",  # Polish
        "yakında", "đang cập nhật", "sắp ra mắt", "segera hadir", "akan segera hadir",
        "قريبا", "قيد الإنشاء", "بزودی",
    )
)  # fmt: skip
"""Placeholders if they are a whole paragraph, or the whole text after a label. In lower case, without the signs around
them."""

ALONE = frozenset(
    (
        "n/a", "na", "soon", "pending", "wip", "work in progress", "in progress", "on progress", "under construction",
        "in development", "under development", "stay tuned", "xxx", "asdf",
        "en construcción", "em construção", "en construction", "in arbeit", "в разработке", "yapım aşamasında",
    )
)  # fmt: skip
"""Placeholders only if they are a whole section; after a label they may be an answer."""

NO_NUMBER = frozenset(("n/a", "na", "n.a", "none", "unknown", "xx", "xxx", "xx.xx"))
"""Placeholders after the label of a metric, where a number should be. In lower case, without the signs around them."""
