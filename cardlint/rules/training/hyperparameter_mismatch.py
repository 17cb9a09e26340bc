"""Rule `hyperparameter-mismatch`."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from itertools import product
from math import prod

from cardlint.card.card import Card
from cardlint.card.training.devices import stated_accumulation, stated_devices
from cardlint.card.training.hyperparameters import Bullet
from cardlint.card.training.prose import StatedHyperparameter, stated_hyperparameters
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

_BATCH_SIZES = ("train_batch_size", "eval_batch_size", "total_train_batch_size", "total_eval_batch_size")
_FACTORS = ("num_devices", "gradient_accumulation_steps")
_ENDS_EARLY = ("early", "stopped", "best checkpoint", "best model", "best epoch", "load_best", "converge", "patience")
"""Words of cards in which a model may have been trained for fewer epochs than were planned."""
_WORDS = {"num_epochs": "epochs", "learning_rate": "learning rate", "train_batch_size": "batch size"}


@rule(severity=Severity.WARNING)
def hyperparameter_mismatch(card: Card) -> Iterator[Problem]:
    r"""A sentence and the list of hyperparameters state different values.

    The number of epochs, the learning rate and the batch size are compared if the list has one value and the sentences
    of the card have one other, and it is certain that both are of the training of this model. Sentences about
    pretraining, stages, other models or limits ("up to 10 epochs") are not compared. A batch size may be that of one
    device or of all, and the epochs those of the last row of the results.

    Bad:
        # tide

        We fine-tuned this model for 16 epochs.

        The following hyperparameters were used during training:
        - learning_rate: 2e-05
        - num_epochs: 160

    Good:
        # tide

        We fine-tuned this model for 16 epochs.

        The following hyperparameters were used during training:
        - learning_rate: 2e-05
        - num_epochs: 16
    """
    if not card.training.lists:
        return
    stated = tuple(stated_hyperparameters(card.body, card.title.name if card.title else ""))
    for name, words in _WORDS.items():
        places = [each for each in stated if each.name == name]
        bullet, listed = _listed(card, name)
        if bullet is None or listed is None or len({each.value for each in places}) != 1 or not places[0].is_own:
            continue
        if not _agrees(card, places[0], listed):
            yield Problem(
                places[0].span,
                f"the {words} {'are' if words == 'epochs' else 'is'} {places[0].text} here, "
                f"but `{bullet.label}` is {bullet.text}",
                help="Find out which of the two is right, and correct the other.",
                related=(Related(bullet.span, f"`{bullet.label}` is {bullet.text} here"),),
            )


def _listed(card: Card, name: str) -> tuple[Bullet | None, Decimal | None]:
    """Return the bullet of a hyperparameter and its number if the card has one value of it."""
    bullets = [bullet for each in card.training.lists for bullet in each.bullets if bullet.name == name]
    if len({bullet.text for bullet in bullets}) != 1:
        return None, None
    return bullets[0], bullets[0].number


def _agrees(card: Card, stated: StatedHyperparameter, listed: Decimal) -> bool:
    """Return True if both values may be of one training."""
    match stated.name:
        case "num_epochs":
            return _is_rounded(stated.value, listed) or _may_end_early(card, stated.value, listed)
        case "train_batch_size":
            return stated.value in _batch_sizes(card)
        case _:
            return _is_rounded(stated.value, listed)


def _is_rounded(one: Decimal, other: Decimal) -> bool:
    """Return True if two numbers are the same at the digits that both show, rounded or cut off."""
    short, long = sorted((one, other), key=lambda value: len(value.as_tuple().digits))
    digits = len(short.as_tuple().digits)
    return any(Context(prec=digits, rounding=way).plus(long) == short for way in (ROUND_HALF_UP, ROUND_DOWN))


def _may_end_early(card: Card, stated: Decimal, listed: Decimal) -> bool:
    """Return True if the training may have ended at the stated epoch, or after a number of steps."""
    if any(bullet.name == "training_steps" for each in card.training.lists for bullet in each.bullets):
        return True
    if stated < listed and any(word in card.lower_body for word in _ENDS_EARLY):
        return True
    ends = [number.value for table in card.training.results for number in table.numbers(table.epochs).values()]
    return any(abs(end - stated) < 1 for end in ends) and stated < listed


def _batch_sizes(card: Card) -> set[Decimal]:
    """Return every size that may be called the batch size: of one device or all, accumulated or not."""
    values: dict[str, Decimal] = {}
    for each in card.training.lists:
        for bullet in each.bullets:
            if bullet.number is not None:
                values[bullet.name] = bullet.number
    sizes = [values[name] for name in _BATCH_SIZES if name in values]
    factors = [[Decimal(1), values[name]] for name in _FACTORS if name in values]
    factors.append([Decimal(1), *map(Decimal, stated_devices(card.body_text))])
    factors.append([Decimal(1), *map(Decimal, stated_accumulation(card.body_text))])
    products = {prod(chosen) for chosen in product(*factors)}
    return {size * factor for size in sizes for factor in products} | {
        size / factor for size in sizes for factor in products if factor
    }
