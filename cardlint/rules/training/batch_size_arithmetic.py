"""Rule `batch-size-arithmetic`."""

from collections.abc import Iterator
from functools import cached_property
from math import prod

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.card import Card
from cardlint.card.repository.results import BATCH_SIZE
from cardlint.card.training.devices import stated_accumulation, stated_devices
from cardlint.card.training.hyperparameters import Bullet, HyperparameterList
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

_TOTALS = {
    "total_train_batch_size": ("train_batch_size", "num_devices", "gradient_accumulation_steps"),
    "total_eval_batch_size": ("eval_batch_size", "num_devices"),
}
_SPLIT_MODELS = ("parallel_size", "parallel_degree", "_parallel")
"""Parts of names of settings by which several devices share one batch."""

_HELP = "Find out which of the numbers is wrong, and correct it."


@rule(severity=(Severity.ERROR, Severity.WARNING))
def batch_size_arithmetic(card: Card) -> Iterator[Problem]:
    r"""A total batch size is not the product of its factors.

    The total for training is the batch size times the number of devices times the gradient accumulation steps; for
    evaluation it is the batch size times the number of devices. The Trainer always writes it so. A different total
    means that one of the numbers was changed by hand, and the training cannot be reproduced from the card.

    If the list does not state the number of devices and the total is a whole multiple, devices may explain it, and the
    finding is a warning. There is none if the text states that number of devices ("trained on 20 GPUs"), or if the list
    has `distributed_type` without a number of devices.

    If the total is right for the `train_batch_size` in `trainer_state.json` beside the card, that number is named.

    Bad:
        ---
        license: mit
        ---

        The following hyperparameters were used during training:
        - train_batch_size: 8
        - gradient_accumulation_steps: 4
        - total_train_batch_size: 48

    Good:
        ---
        license: mit
        ---

        The following hyperparameters were used during training:
        - train_batch_size: 8
        - gradient_accumulation_steps: 4
        - total_train_batch_size: 32
    """
    if "total" not in card.lower_body:
        return
    stated = _Stated(card.body_text)
    for hyperparameters in card.training.lists:
        if not _is_hidden(hyperparameters):
            for product in _products(hyperparameters):
                problem = _problem(product, stated)
                if problem:
                    yield _with_state(card, product, problem)


def _is_hidden(hyperparameters: HyperparameterList) -> bool:
    """Return True if there may be factors that the list does not state."""
    names = hyperparameters.by_name
    if "distributed_type" in names and "num_devices" not in names:
        return True
    return any(part in name for name in names for part in _SPLIT_MODELS)


class _Product(Struct, frozen=True):
    """A total, and the factors that the list states."""

    total: Bullet
    factors: tuple[Bullet, ...]
    value: int
    expected: int
    has_devices: bool
    is_accumulated: bool

    @property
    def missing(self) -> int | None:
        """The factor that would make the product right, or None if it is not a whole number."""
        return self.value // self.expected if self.expected and self.value % self.expected == 0 else None


def _products(hyperparameters: HyperparameterList) -> Iterator[_Product]:
    """Yield the totals of a list that are not the product of its factors."""
    names = hyperparameters.by_name
    for name, factors in _TOTALS.items():
        if name not in names or factors[0] not in names:
            continue
        total, *found = (hyperparameters.hyperparameter(each) for each in (name, *factors) if each in names)
        value = _integer(total)
        numbers = [number for bullet in found if (number := _integer(bullet)) is not None]
        if total is None or value is None or len(numbers) < len(found) or prod(numbers) == value:
            continue
        yield _Product(
            total=total,
            factors=tuple(bullet for bullet in found if bullet is not None),
            value=value,
            expected=prod(numbers),
            has_devices="num_devices" in names,
            is_accumulated="gradient_accumulation_steps" in names or name == "total_eval_batch_size",
        )


def _integer(bullet: Bullet | None) -> int | None:
    text = bullet.text.strip() if bullet else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


class _Stated:
    """The factors that the text names and lists do not, read once for all lists."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def devices(self) -> frozenset[int]:
        return stated_devices(self._text)

    @cached_property
    def devices_and_accumulation(self) -> frozenset[int]:
        accumulation = stated_accumulation(self._text)
        return self.devices | accumulation | {one * other for one in self.devices for other in accumulation}


def _problem(product: _Product, stated: _Stated) -> Problem | None:
    total, factors = product.total, product.factors
    terms = " times ".join(factor.text for factor in factors)
    calculation = f"{terms} is {product.expected}" if len(factors) > 1 else f"`{factors[0].label}` is {terms}"
    message = f"`{total.label}` is {total.text}, but {calculation}"
    related = tuple(Related(factor.span, factor.label) for factor in factors)
    missing = product.missing
    if product.has_devices or not missing:
        return Problem(total.span, message, help=_HELP, related=related)
    if missing in (stated.devices if product.is_accumulated else stated.devices_and_accumulation):
        return None
    return Problem(
        total.span,
        f"{message}, and the card does not say that {missing} devices were used",
        help=f"Add `num_devices: {missing}` if {missing} devices were used, or correct the number that is wrong.",
        related=related,
        severity=Severity.WARNING,
    )


def _with_state(card: Card, product: _Product, problem: Problem) -> Problem:
    """Return the problem with the batch size of the training's state, if the total is right with it."""
    stated, others = product.factors[0], product.factors[1:]
    state = card.repository.trainer_state if stated.name == BATCH_SIZE else None
    size = None if state is None else state.batch_size
    if state is None or size is None or size * prod(int(each.text.strip()) for each in others) != product.value:
        return problem
    return replace(
        problem,
        message=f"{problem.message}; it is right for the `{BATCH_SIZE}` {size} in `{state.file.name}`",
        help=f"Write `{BATCH_SIZE}: {size}` if the training ran with it.",
        related=(*problem.related, Related(state.file.place(BATCH_SIZE, str(size)), f"{size} here", state.file.source)),
    )
