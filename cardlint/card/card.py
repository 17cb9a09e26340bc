"""A model card: the metadata and the text as one tree, and the facts that both state."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cardlint.card.claims.claim import Claim
from cardlint.card.claims.ledger import read_body_claims, read_metadata_claims
from cardlint.card.flattened.recovered import Recovery
from cardlint.card.flattened.suspicion import recover
from cardlint.card.frontmatter import Fences, FrontMatter, find_front_matter
from cardlint.card.markdown.document import Document, parse_markdown
from cardlint.card.text.placeholders import Placeholder, find_placeholders, unfilled_template
from cardlint.card.text.sections import Section, find_sections
from cardlint.card.training.training import Training, read_training
from cardlint.card.yaml.nodes import Mapping, Metadata, parse_metadata
from cardlint.source import Folder, Source, Span

if TYPE_CHECKING:
    from cardlint.card.agreement.comparison import Comparison
    from cardlint.card.agreement.reported_row import ReportedRow
    from cardlint.card.claims.eval_files import ResultsFile
    from cardlint.card.links.links import Reference
    from cardlint.card.provenance.generators import Generator
    from cardlint.card.provenance.licenses import NamedLicense
    from cardlint.card.provenance.lineage import Lineage
    from cardlint.card.provenance.recipes import Recipe
    from cardlint.card.provenance.snippets import Load
    from cardlint.card.text.conflicts import Conflict
    from cardlint.card.text.template_tags import TemplateTag
    from cardlint.card.text.title import Title

__all__ = ["Card", "parse"]

EVAL_RESULTS = ".eval_results"


class Card:
    """A parsed card. All that costs time is computed when first asked for, and kept.

    Every span of the tree points into `source`. That is the file's text, but for a flattened card, whose lines were
    given back: there it is the recovered text, `original` the file's, and `locate` leads from one to the other.
    """

    def __init__(self, original: Source, folder: Folder | None = None, repo_id: str | None = None) -> None:
        self.original = original
        self.folder = folder
        self._repo_id = repo_id
        self.recovery: Recovery | None = recover(original.text)
        self.source = original
        if self.recovery is not None:
            self.source = Source(original.path, self.recovery.text, original.encoding)
        self.front_matter: FrontMatter = find_front_matter(self.source)

    def locate(self, span: Span) -> Span:
        """The span of the file on disk that a span of the tree stands for."""
        return span if self.recovery is None else self.recovery.original(span)

    @cached_property
    def repo_id(self) -> str | None:
        """The id of the model on the Hub: where the card comes from, as given, or by the git repository's remote."""
        if self.folder is not None and self.folder.repo_id is not None:
            return self.folder.repo_id
        if self._repo_id is not None or self.folder is None or not self.folder.has(".git"):
            return self._repo_id
        from cardlint.card.provenance.remote import remote_id

        return remote_id(self.folder)

    @property
    def is_lfs_pointer(self) -> bool:
        """Whether the file is what Git LFS leaves in a large file's place."""
        return self.original.text.startswith("version https://git-lfs.github.com/spec/")

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Merge conflicts that were left in, those in code included."""
        if "<<<<<<<" not in self.source.text:
            return ()
        from cardlint.card.text.conflicts import find_conflicts

        return find_conflicts(self.source)

    @cached_property
    def template_tags(self) -> tuple[TemplateTag, ...]:
        """Tags and variables of a card's template that were never filled in."""
        if "{" not in self.source.text:
            return ()
        from cardlint.card.text.template_tags import find_template_tags

        return find_template_tags(self.source.text, self.front_matter.yaml, lambda: self.metadata, lambda: self.body)

    @cached_property
    def has_foreign_metadata(self) -> bool:
        """Whether template tags or a merge conflict stand in the front matter: what is wrong there is wrong by them."""
        reach = self.front_matter.span
        return any(tag.in_metadata for tag in self.template_tags) or any(
            conflict.span.overlaps(reach) for conflict in self.conflicts
        )

    @cached_property
    def body_text(self) -> str:
        """All that stands behind the front matter."""
        return self.source.text[self.front_matter.span.end :]

    @cached_property
    def lower_body(self) -> str:
        """All that stands behind the front matter in lower case, where words are looked for; it may be longer."""
        return self.body_text.lower()

    @cached_property
    def metadata(self) -> Metadata:
        """The front matter as nodes; an empty mapping where the Hub would read none."""
        if self.front_matter.fences is Fences.READ:
            return parse_metadata(self.source, self.front_matter.yaml)
        return Metadata(self.source, Span(0, 0), Mapping(Span(0, 0), ()))

    @cached_property
    def body(self) -> Document:
        """The Markdown behind the front matter; one that is misplaced or never closed is taken out of it."""
        front_matter = self.front_matter
        misplaced = front_matter.fences in (Fences.MISPLACED, Fences.UNCLOSED)
        return parse_markdown(self.source, front_matter.body_line, front_matter.span if misplaced else None)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in the order of the card."""
        return find_sections(self.body)

    @cached_property
    def title(self) -> Title | None:
        """What the card is headed by, unless that names a section."""
        from cardlint.card.text.title import find_title

        return find_title(self.body)

    @cached_property
    def links(self) -> tuple[Reference, ...]:
        """Every link and image of the body, in the order of the card."""
        from cardlint.card.links.links import find_links

        return find_links(self.body)

    @cached_property
    def lineage(self) -> Lineage:
        """What the model was made from: base models and datasets, as the metadata and as the body state them."""
        from cardlint.card.provenance.lineage import read_lineage

        return read_lineage(self.metadata, self.body)

    @cached_property
    def is_conversion(self) -> bool:
        """True if the weights are those of another model in another format, or merged: the text may be theirs."""
        from cardlint.card.provenance.lineage import is_conversion

        return is_conversion(self.metadata, self.title)

    @cached_property
    def licenses(self) -> tuple[NamedLicense, ...]:
        """The licenses that the body names for the model, in the order of the card."""
        from cardlint.card.provenance.licenses import find_licenses

        return find_licenses(self.body, self.body_text, self.sections)

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """The models that the body's code loads, in the order of the card."""
        from cardlint.card.provenance.snippets import find_loads

        return find_loads(self.body)

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder, in the order of the card."""
        return tuple(find_placeholders(self.body))

    @cached_property
    def unfilled_template(self) -> tuple[Placeholder, ...]:
        """The placeholders of the Hub's template if there are so many that it was hardly filled in, else none."""
        family = self.generator.family if self.generator else ""
        return unfilled_template(self.placeholders, family, self.source)

    @cached_property
    def generator(self) -> Generator | None:
        """The program that wrote the card, if it is one of the known."""
        from cardlint.card.provenance.generators import find_generator

        return find_generator(self.source, self.front_matter, self.metadata)

    @cached_property
    def generator_span(self) -> Span:
        """The first mark of the card's generator."""
        from cardlint.card.provenance.generators import mark_span

        assert self.generator is not None
        return mark_span(self.source, self.front_matter, self.metadata, self.generator)

    @cached_property
    def training(self) -> Training:
        """Hyperparameters, results tables and framework versions."""
        return read_training(self.body)

    @cached_property
    def recipes(self) -> tuple[Recipe, ...]:
        """The configurations of axolotl and mergekit that the text holds."""
        from cardlint.card.provenance.recipes import find_recipes

        return find_recipes(self.source, self.body)

    @cached_property
    def eval_results(self) -> tuple[ResultsFile, ...]:
        """The files of results in `.eval_results` beside the card, whose spans point into their own sources."""
        if self.folder is None or not self.folder.has(EVAL_RESULTS):
            return ()
        from cardlint.card.claims.eval_files import read_eval_results

        return read_eval_results(self.source, self.folder, EVAL_RESULTS)

    @cached_property
    def metadata_claims(self) -> tuple[Claim, ...]:
        """Every number that the metadata, or a file in `.eval_results`, reports for a metric."""
        return read_metadata_claims(self.metadata, self.eval_results)

    @cached_property
    def body_claims(self) -> tuple[Claim, ...]:
        """Every number that the text reports for a metric of this model: in bullets, tables and sentences."""
        from cardlint.card.claims.subject import Subjects

        subjects = Subjects(self.sections, self.metadata, self.repo_id, self.metadata_claims)
        return read_body_claims(self.body, self.training, subjects)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The ledger: every number that is reported for a metric, the metadata's first."""
        return (*self.metadata_claims, *self.body_claims)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every claim of the metadata that the text states too, and whether both agree."""
        from cardlint.card.agreement.comparison import compare

        return tuple(compare(self.metadata_claims, self.body_claims, self.source, self.body_text))

    @cached_property
    def disputed_spans(self) -> dict[Span, Span]:
        """The values that `metric-mismatch` reports, each with the other side's; other rules leave them alone."""
        if self.has_foreign_metadata:
            return {}
        from cardlint.card.agreement.disputed_spans import disputed_spans

        return disputed_spans(self.comparisons)

    @cached_property
    def evaluations(self) -> tuple[tuple[Claim, ...], ...]:
        """The claims by evaluation: numbers that were measured together."""
        from cardlint.card.agreement.evaluations import evaluations

        return tuple(evaluations(self.claims, self.source))

    @cached_property
    def reported_row(self) -> ReportedRow | None:
        """The row of a results table that the summary, else the model-index, agrees with best."""
        from cardlint.card.agreement.reported_row import find_reported_row

        return find_reported_row(self.claims, self.training)


def parse(source: Source, folder: Folder | None = None, repo_id: str | None = None) -> Card:
    """Parse a card; this never raises: what is wrong with a card is what the rules find in its tree.

    `repo_id` is the id of its repository on the Hub, for who knows it; else the git repository around it may tell.
    """
    return Card(source, folder, repo_id)
