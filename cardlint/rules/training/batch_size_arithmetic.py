"""Rule `batch-size-arithmetic`."""

from collections.abc import Iterator
from math import prod

from cardlint.card.card import Card
from cardlint.card.training.training import Bullet
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

_TOTALS = {
    "total_train_batch_size": ("train_batch_size", "num_devices", "gradient_accumulation_steps"),
    "total_eval_batch_size": ("eval_batch_size", "num_devices"),
}


@rule(severity=Severity.ERROR)
def batch_size_arithmetic(card: Card) -> Iterator[Problem]:
    r"""A total batch size is not the product of its factors.

    The total for training is the batch size times the number of devices times the gradient accumulation steps; for
    evaluation it is the batch size times the number of devices. The Trainer always writes it so. A different total
    means that one of the numbers was changed by hand, and the training cannot be reproduced from the card. Cards of a
    distributed training that do not state the number of devices are skipped.

    Bad:
        ---
        license: mit
        ---

        The following hyperparameters were used during training:
        - train_batch_size: 8
        - gradient_accumulation_steps: 4
        - total_train_batch_size: 64

    Good:
        ---
        license: mit
        ---

        The following hyperparameters were used during training:
        - train_batch_size: 8
        - gradient_accumulation_steps: 4
        - total_train_batch_size: 32
    """
    if "total_" not in card.source.text:
        return
    bullets = card.training.hyperparameters
    if "distributed_type" in bullets and "num_devices" not in bullets:
        return
    for name, factors in _TOTALS.items():
        total, base = bullets.get(name), bullets.get(factors[0])
        if total is None or base is None:
            continue
        found = [bullets[factor] for factor in factors if factor in bullets]
        numbers = [_integer(bullet) for bullet in found]
        value = _integer(total)
        if value is None or None in numbers:
            continue
        product = prod(number for number in numbers if number is not None)
        if product != value:
            yield _problem(total, product, found)


def _integer(bullet: Bullet) -> int | None:
    text = bullet.text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _problem(total: Bullet, product: int, factors: list[Bullet]) -> Problem:
    terms = " times ".join(factor.text for factor in factors)
    alone = len(factors) == 1
    calculation = f"`{factors[0].label}` is {terms}" if alone else f"{terms} is {product}"
    reason = ": without a device count or accumulation steps in the list, the two are equal" if alone else ""
    return Problem(
        total.span,
        f"`{total.label}` is {total.text}, but {calculation}",
        help=f"Find out which of the numbers is wrong, and correct it{reason}.",
        related=tuple(Related(factor.span, factor.label) for factor in factors),
    )
