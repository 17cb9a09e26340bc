"""Names of first tries, which say nothing about the model: `my_awesome_model`, `Test`, `dummy-model`.

Refresh: collect the short titles of newer cards that consist of such words.
"""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["is_bare_word", "is_first_try"]

SOURCE = "the titles of 10,000 real cards, and the names in the Hub's courses; other languages by their dictionaries"
DATE = "2026-11-29"

# Only in lower case: `Example` is the title of a section, `example` the name of a folder.
_WORDS = frozenset(
    (
        *(
            "asdf",
            "demo",
            "dummy",
            "example",
            "fine-tuned",
            "finetuned",
            "foo",
            "foobar",
            "model",
            "name",
            "placeholder",
        ),
        *("pretrained", "sample", "test", "testing", "tests", "title", "todo", "toy", "trained", "trial", "untitled"),
    )
)
# In any case.
_NAMES = frozenset(
    (
        *("hello world", "mi modelo", "modelo de prueba", "meu modelo", "modelo de teste", "mon modèle"),
        *("modèle de test", "mein modell", "testmodell", "test-modell", "моя модель", "тестовая модель"),
        *("我的模型", "测试模型", "測試模型", "テストモデル", "マイモデル", "테스트 모델", "나의 모델"),
    )
)
# In any case, as the only title; a section may begin with one of these too.
_BARE_WORDS = frozenset(
    (
        *("dummy", "foo", "model", "model card", "mymodel", "name", "placeholder", "readme", "test", "testing"),
        *("title", "todo", "untitled", "prueba", "teste", "essai", "тест", "测试", "測試", "テスト", "테스트"),
        *("模型", "モデル", "모델"),
    )
)
# One of the nouns with an epithet or a label, and otherwise only little words: `my_first_model`, `Name of the model`.
_NOUNS = frozenset(("checkpoint", "experiment", "folder", "model", "name", "project", "repo", "repository", "test"))
_EPITHETS = frozenset(
    (
        *("awesome", "best", "cool", "demo", "dummy", "example", "final", "fine", "finetuned", "first", "foo", "great"),
        *("my", "new", "output", "pretrained", "sample", "saved", "simple", "temp", "test", "testing", "tmp", "toy"),
        *("trained", "trial", "tuned", "untitled", "your"),
    )
)
_LABELS = frozenset(("id", "name", "title"))
_LITTLE_WORDS = frozenset(
    ("a", "an", "card", "for", "here", "insert", "is", "of", "readme", "the", "this", "todo", "version")
)

_LONGEST = 60
_WORD = LazyPattern(r"[^\W\d_]+")
_JOINED = LazyPattern(r"(?<=[a-z])(?=[A-Z])")
_START = LazyPattern(r"^[^\w(]+")  # a picture before the name
_ENDS = LazyPattern(r"^\W+|[\W\d]+$")
_PLAIN = LazyPattern(r"[\w .:!?#()-]+")
# a letter or a number that tells tries apart
_VERSION = LazyPattern(r"(?<![^\W\d_])[A-Za-z](?=\d|\b)|_[A-Za-z]\Z")


def is_first_try(name: str) -> bool:
    """Return True if no word of a name says anything about the model: `my_first_model_2`, `test3`."""
    if len(name) >= _LONGEST or name.lower() in _NAMES:
        return len(name) < _LONGEST
    name = _START.sub("", name)
    if not _PLAIN.fullmatch(name):
        return False
    words = [word.lower() for word in _WORD.findall(_VERSION.sub(" ", _JOINED.sub(" ", name)))]
    if len(words) == 1:
        return name.islower() and words[0] in _WORDS
    if _NOUNS.isdisjoint(words) or (_EPITHETS | _LABELS).isdisjoint(words):
        return name in _WORDS
    return (_NOUNS | _EPITHETS | _LABELS | _LITTLE_WORDS).issuperset(words)


def is_bare_word(title: str) -> bool:
    """Return True if a title is one word for any model or test, which may also be the title of a section."""
    return len(title) < _LONGEST and " ".join(_ENDS.sub("", title).lower().split()) in _BARE_WORDS
