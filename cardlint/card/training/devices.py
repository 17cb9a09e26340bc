"""Numbers of devices, and of batches that are accumulated, that a text names anywhere."""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["stated_accumulation", "stated_devices"]

_NUMBERS = {
    "two": 2, "dual": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "sixteen": 16, "twenty": 20, "thirty-two": 32, "sixty-four": 64,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,5}}|{'|'.join(_NUMBERS)})(?![\w.,])"
_DEVICE = (
    r"(?:[gtnhix]pus?|cores?|chips|devices|accelerators|cards|nodes|machines|servers|workers|processes|replicas"
    r"|gaudi\w{0,9}|trainium\w{0,9}|[abhltv]\d{2,4}s?|gh200s?|mi\d{3}\w{0,9}|p100s?|t4s?|rtx|gtx|titan|quadro)"
)
_WORD = r"(?:(?!per\b)[a-z]\w{0,30}(?:-\w{1,30}){0,2}|\d{1,5} ?gb)"
_COUNTED = LazyPattern(rf"(?i)(?<![\w.,]){_COUNT}(?:[ -]?[x×*] ?| |-)(?:{_WORD}[ -]){{0,3}}?{_DEVICE}\b")
_JOINED = LazyPattern(rf"(?i)(?<![\w.,])(?P<count>\d{{1,5}})[x×*] ?(?:{_WORD}[ -]){{0,3}}?{_DEVICE}\b")
_TIMES = LazyPattern(rf"(?i)\b{_DEVICE}(?: ?\(?\d+ ?gb\)?)?[ (]*[x×*] ?(?P<count>\d{{1,4}})\b")
_TPU_POD = LazyPattern(r"(?i)\btpu\W*v\d\w*-(?P<count>\d{1,4})\b")
_TO_VALUE = r"[*_`\"'| ]*+(?:[:=|]|of|is|was|to)?[*_`\"'| ]*+(?P<count>\d{1,5})\b"
_SETTING = LazyPattern(
    r"(?i)\b(?:num_processes|nproc[_-]per[_-]node|(?:num_|n_?)?gpus?|world[_ ]size|num_devices|nnodes|num_machines"
    rf"|num_nodes|(?:number|no\.) of (?:gpus?|devices|nodes)){_TO_VALUE}"
)
_ACCUMULATION = LazyPattern(rf"(?i)\bgradient[ -]accumulation(?:[ _]steps)?{_TO_VALUE}")
_MOST = 40  # numbers of one card, so that their products stay few


def stated_devices(text: str) -> frozenset[int]:
    """Return the numbers of devices that a text names, and the products of two of them (nodes and their devices)."""
    expressions = (_COUNTED, _JOINED, _TIMES, _TPU_POD, _SETTING)
    words = {match["count"].lower() for expression in expressions for match in expression.finditer(text)}
    counts = sorted({_NUMBERS[word] if word in _NUMBERS else int(word) for word in words})[:_MOST]
    return frozenset(one * other for one in {1, *counts} for other in {1, *counts})


def stated_accumulation(text: str) -> frozenset[int]:
    """Return the numbers of accumulated batches that sentences of a text name."""
    return frozenset(int(match["count"]) for match in _ACCUMULATION.finditer(text))
