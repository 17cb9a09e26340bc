"""Claims from the files in `.eval_results`, which name a benchmark and its task, but no metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.claims.eval_files import ResultsFile
from cardlint.card.links.addresses import hub_repository
from cardlint.card.numbers.number import read_number
from cardlint.card.yaml.nodes import Node, Scalar
from cardlint.vocabulary.labels.benchmarks import FULL_NAMES
from cardlint.vocabulary.labels.metrics import SCORE

__all__ = ["read_results_files"]


def read_results_files(files: Sequence[ResultsFile], repo_id: str | None) -> Iterator[Claim]:
    """Yield every number of the files; its span points into the text of its file."""
    for file in files:
        for result in file.results:
            dataset, task = _text(result.dataset), _text(result.task)
            number = read_number(result.value.text) if isinstance(result.value, Scalar) else None
            if number is not None and result.value is not None and (dataset or task):
                yield Claim(
                    metric=SCORE,
                    label=task or dataset or SCORE,
                    number=number,
                    source="eval-results",
                    span=result.value.span,
                    dataset=dataset,
                    config=task,
                    names=tuple(_names(dataset, task)),
                    file=file.source,
                    elsewhere=result.url is not None and not _is_own_page(result.url, repo_id),
                    grounds=Grounds(How.FILE, result.span),
                )


def _names(dataset: str | None, task: str | None) -> Iterator[str]:
    """Yield the names of a benchmark, also written out: `cais/hle` is Humanity's Last Exam."""
    for name in filter(None, (dataset, task)):
        yield name
        full = FULL_NAMES.get(name.rpartition("/")[2].lower())
        if full is not None:
            yield full


def _is_own_page(url: Node, repo_id: str | None) -> bool:
    """Return whether a source is the page of this card's repository on the Hub."""
    text = _text(url) or ""
    repository = hub_repository(text)
    return repo_id is not None and repository is not None and repository.id.lower() == repo_id.lower()


def _text(node: Node | None) -> str | None:
    return node.text if isinstance(node, Scalar) and not node.is_null else None
