"""Rule `architecture-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import index_tasks, tag_scalars
from cardlint.card.provenance.snippets import Load
from cardlint.card.repository.architecture import Architecture
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.heads import AUTO_TASKS, COMPARED, pipeline_family
from cardlint.vocabulary.libraries import LIBRARIES
from cardlint.vocabulary.tasks import RENAMED

PIPELINE = LazyPattern(r"""\bpipeline\(\s*(?:task\s*=\s*)?["'](?P<task>[a-z0-9-]+)["']""")
LOADED = LazyPattern(r"(?:\w+\.)*(?P<name>[A-Z]\w*)\.from_pretrained")
# A small model of one kind may be trained on the answers of a large one of another kind.
DISTILLED = ("distil", "teacher")
HELP = "Check which model the card describes, and which one the file belongs to."


@rule(severity=Severity.WARNING)
def architecture_mismatch(card: Card) -> Iterator[Problem]:
    r"""The card is about another kind of model than the configuration beside it.

    `config.json` names the class of the model, and `model_index.json` that of a pipeline of Diffusers. If the first
    example loads this model with the class of another head, parts of the model are initialized at random, or the call
    fails. The same holds for `pipeline_tag` and the task of the model-index. A base model that is a decoder cannot have
    become an encoder or a speech model. Models with code of their own (`auto_map`), with unknown types and of other
    libraries are skipped, and so are examples that load another model.

    Bad:
        ---
        pipeline_tag: text-generation
        ---

        # owls

    Bad config.json:
        {"architectures": ["BertForSequenceClassification"], "model_type": "bert"}

    Good:
        ---
        pipeline_tag: text-classification
        ---

        # owls

    Good config.json:
        {"architectures": ["BertForSequenceClassification"], "model_type": "bert"}
    """
    yield from _pipeline_class(card)
    architecture = card.repository.architecture
    if architecture is None or not _is_of_transformers(card):
        return
    if architecture.tasks is not None:
        places = [*_example(card, architecture), *_metadata(card, architecture)]
        yield from places[:1]
    if architecture.kind is not None and not card.has_foreign_metadata:
        yield from _bases(card, architecture, architecture.kind)


def _is_of_transformers(card: Card) -> bool:
    """True if nothing says that another library loads the model; PEFT cannot without its own file."""
    named = card.metadata.get("library_name")
    if isinstance(named, Scalar):
        return named.text in ("transformers", "peft")
    proof = card.repository.library
    others = LIBRARIES - {"transformers"}
    return (proof is None or proof.library == "transformers") and not any(
        tag.text in others for tag in tag_scalars(card.metadata)
    )


def _example(card: Card, architecture: Architecture) -> Iterator[Problem]:
    """Report the first code block that loads this model, if it does so for another task."""
    for load in card.own_loads:
        if load.block is not card.own_loads[0].block:
            return
        found = _loaded_for(load)
        if found is not None and _contradicts(found[1], architecture):
            yield _problem(load, f"the example loads the model with `{found[0]}`", architecture)


def _loaded_for(load: Load) -> tuple[str, str] | None:
    """Return the class or the call that loads a model, and a task that it is for."""
    match = LOADED.fullmatch(load.caller)
    if match and match["name"] in AUTO_TASKS:
        return match["name"], AUTO_TASKS[match["name"]]
    tasks = [each["task"] for each in PIPELINE.finditer(load.block.content.text)]
    if load.caller.endswith("pipeline") and len(tasks) == 1:
        return f'pipeline("{tasks[0]}")', RENAMED.get(tasks[0], tasks[0])
    return None


def _contradicts(task: str, architecture: Architecture) -> bool:
    return architecture.tasks is not None and task in COMPARED and task not in architecture.tasks


def _metadata(card: Card, architecture: Architecture) -> Iterator[Problem]:
    if card.has_foreign_metadata:
        return
    tag = card.metadata.get("pipeline_tag")
    if isinstance(tag, Scalar) and _contradicts(tag.text, architecture):
        yield _problem(tag, f"`pipeline_tag` is `{tag.text}`", architecture)
    tasks = list(index_tasks(card.metadata))
    if tasks and all(_contradicts(task.text, architecture) for task in tasks):
        yield _problem(tasks[0], f"the task of the model-index is `{tasks[0].text}`", architecture)


def _problem(place: Load | Scalar, fact: str, architecture: Architecture) -> Problem:
    name = architecture.file.name
    return Problem(
        place.span,
        f"{fact}, but `{name}` says `{architecture.name}`",
        help=HELP,
        related=(Related(architecture.span, f"`{architecture.name}` here", architecture.file.source),),
    )


def _bases(card: Card, architecture: Architecture, kind: str) -> Iterator[Problem]:
    """Report a base model whose name tells another kind than the model's type, if all of several do."""
    from cardlint.vocabulary.model_types import kind_of_name

    bases = card.lineage.base_models
    kinds = [kind_of_name((name.id or name.text).rpartition("/")[2]) for name in bases]
    if not bases or any(each in (None, kind) for each in kinds) or any(word in card.lower_body for word in DISTILLED):
        return
    file = architecture.file
    message = (
        f"the base model `{bases[0].text}` is a {kinds[0]}, but `{file.name}` describes a `{architecture.model_type}`"
    )
    place = Related(file.place("model_type"), f"`{architecture.model_type}` here", file.source)
    yield Problem(bases[0].span, f"{message}, which is another kind of model", help=HELP, related=(place,))


def _pipeline_class(card: Card) -> Iterator[Problem]:
    """Report the first example that loads this model with a pipeline of another family of weights."""
    stated = card.repository.pipeline_class
    family = pipeline_family(stated[1]) if stated is not None else None
    if stated is None or family is None or not card.own_loads:
        return
    file, name = stated
    match = LOADED.fullmatch(card.own_loads[0].caller)
    loaded = pipeline_family(match["name"]) if match else None
    if match and loaded is not None and loaded != family:
        yield Problem(
            card.own_loads[0].span,
            f"the example loads the model with `{match['name']}`, but `{file.name}` says `{name}`",
            help=f"Load it with `{name}` or `DiffusionPipeline`.",
            related=(Related(file.place("_class_name"), f"`{name}` here", file.source),),
        )
