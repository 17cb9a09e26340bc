"""Rule `labels-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import List
from cardlint.card.training.training import read_bullets
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule

LABELS = frozenset(("number of classes", "number of labels", "number of output labels", "num_labels"))
COUNT = LazyPattern(r"(?P<count>\d{1,6})(?: (?:class|classes|label|labels))?")


@rule(severity=Severity.WARNING)
def labels_mismatch(card: Card) -> Iterator[Problem]:
    r"""The number of classes is another one in the card than in the model's configuration.

    SetFit writes its labels into `config_setfit.json`, and transformers those of a classifier into `config.json`. The
    labels of a model without a head for a classification are left over from another model and do not count.

    Bad:
        # owls

        - **Number of Classes:** 4 classes

    Bad config_setfit.json:
        {"normalize_embeddings": false, "labels": ["owl", "gull", "heron"]}

    Good:
        # owls

        - **Number of Classes:** 3 classes

    Good config_setfit.json:
        {"normalize_embeddings": false, "labels": ["owl", "gull", "heron"]}
    """
    if not card.repository.files.has("config.json") and not card.repository.files.has("config_setfit.json"):
        return
    from cardlint.card.repository.embeddings import number_of_labels

    stated = number_of_labels(card.repository.files)
    if stated is None:
        return
    for block in card.body.blocks:
        for bullet in read_bullets(block) if isinstance(block, List) else ():
            match = COUNT.fullmatch(bullet.text) if bullet.label.lower() in LABELS else None
            if match and int(match["count"]) != stated.value:
                yield Problem(
                    bullet.span,
                    f"`{bullet.label}` is {match['count']}, but `{stated.file.name}` has {stated.value} labels",
                    help="Write the number of the file, or upload the model of the card.",
                    related=(Related(stated.file.place(stated.key), f"{stated.value} labels", stated.file.source),),
                )
