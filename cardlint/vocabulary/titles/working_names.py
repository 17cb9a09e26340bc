"""Names of models that were not chosen: working folders, and default titles of generators.

Refresh: collect titles that many cards share, and read the `output_dir` of the examples again.
"""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["is_bare_word", "is_default_title", "is_working_name"]

SOURCE = (
    "`output_dir` in the examples of transformers, TRL and Axolotl; Python's `tempfile`; the titles that mergekit, "
    "fastai, huggingface_hub and sentence-transformers write; the titles of 10,000 real cards"
)
DATE = "2026-08-24"

# Only in lower case: `Results` is the title of a section, `results` the name of a folder.
_FOLDERS = frozenset(
    (
        *("checkpoint", "checkpoints", "ckpt", "log", "logs", "lora-out", "model", "model-out", "models", "out"),
        *("output", "output_dir", "outputs", "qlora-out", "result", "results", "run", "runs", "save", "saved_model"),
        *("temp", "test-trainer", "test_trainer", "tmp", "tmp_trainer", "train", "trainer", "trainer_output"),
        "training",
        # the first tries of a new user
        *("demo", "dummy", "example", "finetuned", "fine-tuned", "foo", "foobar", "name", "placeholder", "pretrained"),
        *("sample", "test", "testing", "tests", "title", "todo", "toy", "trained", "trial", "untitled", "asdf"),
    )
)
# In any case, and in other languages: `My model`, `Test model`.
_NAMES = frozenset(
    (
        *("hello world", "mi modelo", "modelo de prueba", "meu modelo", "modelo de teste", "mon modèle"),
        *("modèle de test", "mein modell", "testmodell", "test-modell", "моя модель", "тестовая модель"),
        *("我的模型", "测试模型", "測試模型", "テストモデル", "マイモデル", "테스트 모델", "나의 모델"),
    )
)
# As a whole title; a section may begin with one of these too.
_BARE_WORDS = frozenset(
    (
        *(
            "dummy",
            "foo",
            "model",
            "mymodel",
            "model card",
            "name",
            "placeholder",
            "readme",
            "test",
            "testing",
            "title",
        ),
        *(
            "todo",
            "untitled",
            "prueba",
            "teste",
            "essai",
            "тест",
            "测试",
            "測試",
            "テスト",
            "테스트",
            "模型",
            "モデル",
            "모델",
        ),
    )
)
# One of these, and otherwise only words that say nothing, make a name that says nothing: `my_awesome_model`.
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
_WORDS = LazyPattern(r"[^\W\d_]+")
_JOINED = LazyPattern(r"(?<=[a-z])(?=[A-Z])")
_START = LazyPattern(r"^[^\w(]+")  # a picture before the name
_ENDS = LazyPattern(r"^\W+|[\W\d]+$")
_PLAIN = LazyPattern(r"[\w .:!?#()-]+")
# a letter or a number that tells tries apart
_VERSION = LazyPattern(r"(?<![^\W\d_])[A-Za-z](?=\d|\b)|_[A-Za-z]\Z")
_NUMBERED = LazyPattern(
    r"(?:checkpoint|ckpt|epoch|out|outputs?|results?|run|step|temp|tmp)[-_]?\d+"
    r"|\d+"
    r"|tmp(?=[a-z_]*\d)[a-z0-9_]{8}"  # tempfile's
    r"|[a-z0-9]+(?:[-_][a-z0-9]+)?[-_](?:outputs?|results)"
)

_DEFAULT_TITLES = LazyPattern(
    r"\{MODEL_NAME\}|Model Card for Model ID|Untitled (?:LoRA )?Model(?: \(\d+\))?"
    r"|(?i:(?:model card for )?(?:[\[{<](?:your |the )?model[ _-]?(?:name|id)[\]}>]|your[ _-]model[ _-](?:name|id)))"
)


def is_working_name(name: str) -> bool:
    """True if a name, or a path without an owner, is that of a folder that training writes into."""
    first, *others = name.strip().removeprefix("./").strip("/").split("/")
    last = others[-1] if others else first
    if others and not _is_folder(first):
        return False
    return _is_folder(last)


def is_bare_word(title: str) -> bool:
    """True if a title is one word for any model or test, which may also be the title of a section."""
    return " ".join(_ENDS.sub("", title).lower().split()) in _BARE_WORDS


def _is_folder(name: str) -> bool:
    if name in _FOLDERS or name.lower() in _NAMES or _says_nothing(name):
        return True
    may_be = name[-1:].isdigit() or name.startswith("tmp") or name.endswith(("output", "outputs", "results"))
    return may_be and len(name) < 60 and _NUMBERED.fullmatch(name) is not None


def _says_nothing(name: str) -> bool:
    """True if no word of a name says anything about the model: `my_first_model_2`, `test3`."""
    if len(name) >= 60 or not _PLAIN.fullmatch(name := _START.sub("", name)):
        return False
    words = [word.lower() for word in _WORDS.findall(_VERSION.sub(" ", _JOINED.sub(" ", name)))]
    if len(words) == 1:
        return name.islower() and words[0] in _FOLDERS
    if _NOUNS.isdisjoint(words) or (_EPITHETS | _LABELS).isdisjoint(words):
        return False
    return (_NOUNS | _EPITHETS | _LABELS | _LITTLE_WORDS).issuperset(words)


def is_default_title(title: str) -> bool:
    """True if a generator or template writes this title if it does not know the model's name."""
    if len(title) >= 60 or "model" not in title.lower():
        return title == "Amazing!"  # fastai's
    return _DEFAULT_TITLES.fullmatch(title) is not None
