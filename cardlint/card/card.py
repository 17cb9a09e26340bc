"""A model card: its metadata and body as one tree, and the facts that they state."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cardlint.card.claims.claim import Claim, Unattributed
from cardlint.card.claims.ledger import read_body_numbers, read_metadata_claims
from cardlint.card.flattened.suspicion import recover
from cardlint.card.frontmatter import FrontMatter, FrontMatterState, find_front_matter
from cardlint.card.markdown.document import Document, parse_markdown
from cardlint.card.text.headings import Headline, find_headlines
from cardlint.card.text.placeholders import Placeholder, find_placeholders, unfilled_template
from cardlint.card.text.sections import Section, find_sections
from cardlint.card.training.training import Training, read_training
from cardlint.card.yaml.nodes import Mapping, Metadata, parse_metadata
from cardlint.source import Folder, Source, Span
from cardlint.vocabulary.card_file import MOST_BYTES

if TYPE_CHECKING:
    from cardlint.card.agreement.comparison import Comparison
    from cardlint.card.agreement.inconsistencies import Inconsistency
    from cardlint.card.agreement.reported_row import ReportedRow
    from cardlint.card.agreement.results_files import FileMismatch
    from cardlint.card.claims.eval_files import ResultsFile
    from cardlint.card.claims.grids import PlacedGrid
    from cardlint.card.flattened.recovered import Recovery
    from cardlint.card.links.links import Reference
    from cardlint.card.markdown.tree import Block
    from cardlint.card.provenance.generators import Generator
    from cardlint.card.provenance.license_statement import LicenseStatement
    from cardlint.card.provenance.lineage import Lineage
    from cardlint.card.provenance.recipes import Recipe
    from cardlint.card.provenance.snippets import Load
    from cardlint.card.repository.repository import Repository
    from cardlint.card.text.conflicts import Conflict
    from cardlint.card.text.own_names import OwnNames
    from cardlint.card.text.template_tags import TemplateTag
    from cardlint.card.text.title import Title

__all__ = ["Card", "parse"]

EVAL_RESULTS = ".eval_results"


class Card:
    """A parsed card. What takes time to compute is computed on first access and kept.

    Every span of the tree points into `source`, which is normally the text of the file. A flattened card has lost its
    line breaks: its `source` is the recovered text, `original` is the file, and `locate` maps a span of the first to
    the second.
    """

    def __init__(self, original: Source, folder: Folder | None = None, repo_id: str | None = None) -> None:
        self.original = original
        self.folder = folder
        self._repo_id = repo_id
        self.recovery: Recovery | None = None if self.is_oversized else recover(original.text)
        self.source: Source = original
        if self.recovery is not None:
            self.source = Source(original.path, self.recovery.text, original.encoding)
        self.front_matter: FrontMatter = find_front_matter(self.source)

    def locate(self, span: Span) -> Span:
        """Return the span of the file for a span of the tree."""
        return span if self.recovery is None else self.recovery.original(span)

    def with_text(self, text: str) -> Card:
        """Return a card with another text in the same place."""
        return Card(replace(self.original, text=text), self.folder, self._repo_id)

    @cached_property
    def repo_id(self) -> str | None:
        """The id of the model on the Hub: of the folder, else as given, else from the git repository's remote."""
        if self.folder is not None and self.folder.repo_id is not None:
            return self.folder.repo_id
        if self._repo_id is not None or self.folder is None or not self.folder.has(".git"):
            return self._repo_id
        from cardlint.card.provenance.remote import remote_id

        return remote_id(self.folder)

    @property
    def is_lfs_pointer(self) -> bool:
        """True if the file is a Git LFS pointer, which replaces a large file."""
        return self.original.text.startswith("version https://git-lfs.github.com/spec/")

    @cached_property
    def is_oversized(self) -> bool:
        """True if the file is larger than the Hub accepts; only `oversized-card` reads such a card."""
        longest = MOST_BYTES // 4  # a character has four bytes at most
        return len(self.original.text) > longest and len(self.original.encode()) > MOST_BYTES

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Merge conflicts that were left in, those in code included."""
        if "<<<<<<<" not in self.source.text:
            return ()
        from cardlint.card.text.conflicts import find_conflicts

        return find_conflicts(self.source)

    @cached_property
    def template_tags(self) -> tuple[TemplateTag, ...]:
        """Tags and variables of a card template that were never filled in."""
        if "{" not in self.source.text:
            return ()
        from cardlint.card.text.template_tags import find_template_tags

        return find_template_tags(self.source.text, self.front_matter.yaml, lambda: self.metadata, lambda: self.body)

    @cached_property
    def has_foreign_metadata(self) -> bool:
        """True if the front matter has template tags or conflict markers; metadata rules then stay silent."""
        reach = self.front_matter.span
        return any(tag.in_metadata for tag in self.template_tags) or any(
            conflict.span.overlaps(reach) for conflict in self.conflicts
        )

    @cached_property
    def body_text(self) -> str:
        """The text after the front matter."""
        return self.source.text[self.front_matter.span.end :]

    @cached_property
    def lower_body(self) -> str:
        """The text after the front matter in lower case, for searches; it may be longer than `body_text`."""
        return self.body_text.lower()

    @cached_property
    def metadata(self) -> Metadata:
        """The front matter as nodes; an empty mapping if the Hub reads none."""
        if self.front_matter.state is FrontMatterState.VALID:
            return parse_metadata(self.source, self.front_matter.yaml)
        return Metadata(self.source, Span(0, 0), Mapping(Span(0, 0), ()))

    @cached_property
    def body(self) -> Document:
        """The Markdown after the front matter; a misplaced or unclosed front matter is left out."""
        front_matter = self.front_matter
        misplaced = front_matter.state in (FrontMatterState.MISPLACED, FrontMatterState.UNCLOSED)
        return parse_markdown(self.source, front_matter.body_line, front_matter.span if misplaced else None)

    @cached_property
    def headlines(self) -> tuple[Block | Headline, ...]:
        """The blocks of the body, with headlines in place of headings of any form."""
        return tuple(find_headlines(self.body))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in the order of the card."""
        return find_sections(self.headlines, self.body)

    @cached_property
    def title(self) -> Title | None:
        """The title of the card, or None if its headings only name sections."""
        from cardlint.card.text.title import find_title

        return find_title(self.headlines, self.body)

    @cached_property
    def own_names(self) -> OwnNames:
        """The names by which the card may call its own model."""
        from cardlint.card.text.own_names import OwnNames

        first = next((section.title for section in self.sections if section.level == 1), "")
        return OwnNames([first, self.title.text if self.title is not None else ""], self.metadata, self.repo_id)

    @cached_property
    def links(self) -> tuple[Reference, ...]:
        """Every link and image of the body, in the order of the card."""
        from cardlint.card.links.links import find_links

        return find_links(self.body)

    @cached_property
    def lineage(self) -> Lineage:
        """The base models and datasets of the model, as the metadata and the body state them."""
        from cardlint.card.provenance.lineage import read_lineage

        return read_lineage(self.metadata, self.body, own=self.own_names, title=self.title, loads=self.loads)

    @cached_property
    def is_conversion(self) -> bool:
        """True if the weights are those of another model in another format, or merged: the text may be theirs."""
        from cardlint.card.provenance.lineage import is_conversion

        return is_conversion(self.metadata, self.title)

    @cached_property
    def licenses(self) -> tuple[LicenseStatement, ...]:
        """The licenses that the body states, of the model and of other things."""
        from cardlint.card.provenance.license_statement import may_state_license

        if not may_state_license(self.lower_body):
            return ()
        from cardlint.card.provenance.licenses import find_licenses

        names = (self.title.name if self.title else "", (self.repo_id or "").rpartition("/")[2])
        return find_licenses(self.body, self.sections, tuple(dict.fromkeys(filter(None, names))))

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """The models that the body's code loads, in the order of the card."""
        from cardlint.card.provenance.snippets import find_loads

        return find_loads(self.body)

    def is_own_model(self, text: str) -> bool:
        """Return True if a text in code names the card's own model, by its id or by the name in the title."""
        if self.repo_id is not None:
            return text.lower() == self.repo_id.lower()
        from cardlint.card.text.own_names import plain_name

        return plain_name(text) in self.own_names.whole_names and text.lower() not in self._base_names

    @cached_property
    def _base_names(self) -> frozenset[str]:
        return frozenset(name.text.lower() for name in self.lineage.base_models)

    @cached_property
    def own_loads(self) -> tuple[Load, ...]:
        """The calls in the body's code that load the card's own model, in the order of the card."""
        return tuple(load for load in self.loads if load.text is not None and self.is_own_model(load.text))

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder, in the order of the card."""
        return tuple(find_placeholders(self.body))

    @cached_property
    def unfilled_template(self) -> tuple[Placeholder, ...]:
        """The placeholders of the Hub's template if so many are left that it was hardly filled in, else none."""
        family = self.generator.family if self.generator else ""
        return unfilled_template(self.placeholders, family, self.source)

    @cached_property
    def generator(self) -> Generator | None:
        """The program that wrote the card, if cardlint knows it."""
        from cardlint.card.provenance.generators import find_generator

        return find_generator(self.source, self.front_matter, self.metadata)

    @cached_property
    def generator_span(self) -> Span:
        """The span of the first mark of the card's generator."""
        from cardlint.card.provenance.generators import mark_span

        assert self.generator is not None
        return mark_span(self.source, self.front_matter, self.metadata, self.generator)

    @cached_property
    def training(self) -> Training:
        """Hyperparameters, results tables and framework versions."""
        return read_training(self.body)

    @cached_property
    def grids(self) -> tuple[PlacedGrid, ...]:
        """The tables that may have a column of numbers, except those of the training, each with its context."""
        from cardlint.card.claims.grids import find_grids

        return tuple(find_grids(self.body, self.training))

    @cached_property
    def recipes(self) -> tuple[Recipe, ...]:
        """The configurations of axolotl and mergekit in the body."""
        from cardlint.card.provenance.recipes import find_recipes

        return find_recipes(self.source, self.body)

    @cached_property
    def eval_results(self) -> tuple[ResultsFile, ...]:
        """The results files in the folder `.eval_results`; their spans point into their own sources."""
        if self.folder is None or not self.folder.has(EVAL_RESULTS):
            return ()
        from cardlint.card.claims.eval_files import read_eval_results

        return read_eval_results(self.source, self.folder, EVAL_RESULTS)

    @cached_property
    def repository(self) -> Repository:
        """The statements of the small files beside the card."""
        from cardlint.card.repository.repository import Repository

        return Repository(self.original, self.folder)

    @cached_property
    def file_mismatches(self) -> tuple[FileMismatch, ...]:
        """The numbers of the card that the results files beside it contradict."""
        if not self.repository.results and self.repository.trainer_state is None:
            return ()
        from cardlint.card.agreement.results_files import find_file_mismatches

        return tuple(find_file_mismatches(self.claims, self.body, self.training, self.repository))

    @cached_property
    def file_claims(self) -> tuple[Claim, ...]:
        """Every number that a results file beside the card has for a metric; none of them is the card's own claim."""
        if not self.repository.results:
            return ()
        from cardlint.card.claims.file_claims import read_file_claims

        return tuple(read_file_claims(self.repository.results))

    @cached_property
    def metadata_claims(self) -> tuple[Claim, ...]:
        """Every number that the metadata or a file in `.eval_results` reports for a metric."""
        return read_metadata_claims(self.metadata, self.eval_results, self.repo_id)

    @cached_property
    def body_claims(self) -> tuple[Claim, ...]:
        """Every number that the body reports for a metric of this model and that the metric can have."""
        from cardlint.card.claims.ranges import beyond_range

        return tuple(claim for claim in self._body_claims if not claim.vague and not beyond_range(claim))

    @cached_property
    def vague_claims(self) -> tuple[Claim, ...]:
        """The claims of the body whose number is marked as about, above or below: they are never compared."""
        return tuple(claim for claim in self._body_claims if claim.vague)

    @cached_property
    def unattributed(self) -> tuple[Unattributed, ...]:
        """The numbers of the body that look like results and are not established as this model's."""
        return tuple(number for number in self._read_body_numbers() if isinstance(number, Unattributed))

    @cached_property
    def impossible_claims(self) -> tuple[Claim, ...]:
        """The body's numbers that their metric cannot have, beside numbers of the same kind that it can."""
        from cardlint.card.claims.ranges import beyond_range

        # bullets and training logs are results by their form; a table or sentence is if it has possible values too
        possible = {"summary", "results-row", *(claim.source for claim in self.body_claims)}
        return tuple(claim for claim in self._body_claims if claim.source in possible and beyond_range(claim))

    @cached_property
    def _body_claims(self) -> tuple[Claim, ...]:
        return tuple(number for number in self._read_body_numbers() if isinstance(number, Claim))

    # not kept, since a long card may have a hundred thousand numbers that no rule asks for
    def _read_body_numbers(self) -> Iterator[Claim | Unattributed]:
        from cardlint.card.claims.subject import Subjects

        subjects = Subjects(self.own_names, self.metadata_claims)
        return read_body_numbers(self.body, self.training, self.grids, subjects)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every number that the card reports for a metric, those of the metadata first."""
        return (*self.metadata_claims, *self.body_claims)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every claim of the metadata that the body states too, with the result of the comparison."""
        if not self.metadata_claims or not self.body_claims:
            return ()
        from cardlint.card.agreement.comparison import compare

        return tuple(compare(self.metadata_claims, self.body_claims, self.source, self.body_text))

    @cached_property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """The claims of the body that disagree on one evaluation, in pairs."""
        from cardlint.card.agreement.inconsistencies import find_inconsistencies

        return tuple(find_inconsistencies(self.body_claims, self.body, self.sections))

    @cached_property
    def disputed_spans(self) -> dict[Span, Span]:
        """The values that `metric-mismatch` reports, each with that of the other side; other rules skip them."""
        if self.has_foreign_metadata or not self.comparisons:
            return {}
        from cardlint.card.agreement.disputed_spans import disputed_spans

        return disputed_spans(self.comparisons)

    @cached_property
    def evaluations(self) -> tuple[tuple[Claim, ...], ...]:
        """The claims grouped by evaluation: numbers that were measured together."""
        from cardlint.card.agreement.evaluations import evaluations

        return tuple(evaluations(self.claims, self.source))

    @cached_property
    def reported_row(self) -> ReportedRow | None:
        """The row of a results table that agrees best with the summary, or else with the model-index."""
        from cardlint.card.agreement.reported_row import find_reported_row

        return find_reported_row(self.claims, self.training)


def parse(source: Source, folder: Folder | None = None, repo_id: str | None = None) -> Card:
    """Parse a card. This never raises: rules report the problems of a card.

    `repo_id` is the id of the card's repository on the Hub; without it, the remote of the git repository is used.
    """
    return Card(source, folder, repo_id)
