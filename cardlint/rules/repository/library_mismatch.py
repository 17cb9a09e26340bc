"""Rule `library-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.repository.library import OWN_FILES, LibraryFile
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.libraries import ALIASES

# Names of what trains a model, or of its format: they do not load it on the Hub.
NO_LIBRARIES = frozenset(("unsloth", "safetensors", "pytorch"))
# Files of another library that a repository of the first may have without its own file: a cross-encoder may have no
# `modules.json`, SetFit before 1.0 wrote no `config_setfit.json`, and a LoRA for Diffusers has no `model_index.json`.
POSSIBLE = {
    "sentence-transformers": frozenset(("transformers",)),
    "setfit": frozenset(("sentence-transformers", "transformers")),
    "diffusers": frozenset(("peft", "transformers")),
}


@rule(severity=(Severity.WARNING, Severity.NOTE), reads_metadata=True)
def library_mismatch(card: Card) -> Iterator[Problem]:
    r"""The library in the metadata cannot load the files beside the card.

    The Hub shows the code of `library_name`, and counts downloads by the files of this library. If its own file is
    missing and that of another library is there, the card was copied from another model, or the model was converted.
    `unsloth`, `safetensors` and `pytorch` are not libraries of the Hub: the finding is then a note. Libraries whose
    files look like those of others, such as MLX, are skipped.

    Bad:
        ---
        library_name: peft
        ---

        # owls

    Bad modules.json:
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]

    Good:
        ---
        library_name: sentence-transformers
        ---

        # owls

    Good modules.json:
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    """
    named = card.metadata.get("library_name")
    if not isinstance(named, Scalar):
        return
    library = ALIASES.get(named.text.lower(), named.text)
    if library not in OWN_FILES and library not in NO_LIBRARIES:
        return
    proof = card.repository.library
    if proof is None or proof.library == library or proof.library in POSSIBLE.get(library, ()):
        return
    if library in NO_LIBRARIES:
        yield _problem(named, proof, f"`{named.text}` does not load this model on the Hub", Severity.NOTE)
    elif not _may_have(card, library, proof):
        # transformers can load an adapter, too
        severity = Severity.NOTE if (library, proof.library) == ("transformers", "peft") else None
        yield _problem(
            named, proof, f"`{library}` needs `{OWN_FILES[library]}`, which the repository does not have", severity
        )


def _may_have(card: Card, library: str, proof: LibraryFile) -> bool:
    """True if the library's own file is there; an adapter may lie in a folder, or not be uploaded yet."""
    files = card.repository.files
    if files.has(OWN_FILES[library]):
        return True
    if library != "peft":
        return False
    from cardlint.card.repository.weights import has_weights

    in_folders = any(files.has(f"{name}/{OWN_FILES[library]}") for name in files.names if "." not in name)
    return in_folders or (proof.library == "transformers" and not has_weights(files))


def _problem(named: Scalar, proof: LibraryFile, fact: str, severity: Severity | None) -> Problem:
    return Problem(
        named.span,
        f"{fact}: the files are those of `{proof.library}`",
        help=f"Write `library_name: {proof.library}`, or add the missing files.",
        related=(Related(proof.file.place(proof.key), f"`{proof.file.name}` is there", proof.file.source),),
        severity=severity,
    )
