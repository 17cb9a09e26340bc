"""Rule `missing-file`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule

# Words of every request that `find_file_requests` finds.
SIGNS = ("filename", "weight_name", "gguf_file", "hf_hub_download(", "load_from_hub(", " download ", "--hf-file")
FILE = LazyPattern(r"(?:[\w+-][\w.+-]*/)*[\w+-][\w.+-]*\.\w+")


@rule(severity=Severity.WARNING)
def missing_file(card: Card) -> Iterator[Problem]:
    r"""The example asks this repository for a file that is not in it.

    People who copy the example get an error. The file was renamed, or never uploaded. Only files that the code asks of
    the card's own repository count, and only beside weights or their Git LFS pointers: a folder without any is not the
    repository as people download it. The parts of a divided file are found by the name of the whole.

    Bad:
        # owls

        ```python
        path = hf_hub_download("coastlab/owls", filename="owls-v2.pt")
        ```

    Bad owls.pt:
        weights

    Good:
        # owls

        ```python
        path = hf_hub_download("coastlab/owls", filename="owls.pt")
        ```

    Good owls.pt:
        weights
    """
    if not any(sign in card.body_text for sign in SIGNS):
        return
    from cardlint.card.links.anchors import is_repository
    from cardlint.card.provenance.file_requests import find_file_requests
    from cardlint.card.repository.weights import has_file, has_weights

    files = card.repository.files
    if not is_repository(card.folder, card.original.path) or not has_weights(files):
        return
    reported: set[str] = set()
    for request in find_file_requests(card.body):
        name = request.name
        if name in reported or not FILE.fullmatch(name) or not card.is_own_model(request.repository):
            continue
        if not has_file(files, name):
            reported.add(name)
            yield Problem(
                request.span,
                f"the example asks for `{name}`, which is not in the repository",
                help="Write the name of an existing file, or upload this one.",
            )
