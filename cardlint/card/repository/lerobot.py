"""The training that LeRobot wrote into `train_config.json`: its dataset and the type of its policy."""

from __future__ import annotations

from msgspec import Struct

from cardlint.card.repository.files import Files, JsonFile

__all__ = ["PolicyTraining", "read_policy_training"]


class PolicyTraining(Struct, frozen=True):
    """The dataset and the policy of a training of LeRobot, as far as the file names them.

    A dataset that `is_local` was read from a folder of the machine, and may not be on the Hub.
    """

    file: JsonFile
    dataset: str | None
    policy: str | None
    is_local: bool


def read_policy_training(files: Files) -> PolicyTraining | None:
    """Return the training in `train_config.json`, or None for a file of another program."""
    file = files.json("train_config.json")
    dataset, policy = (None, None) if file is None else map(file.mapping.get, ("dataset", "policy"))
    if file is None or not isinstance(dataset, dict) or not isinstance(policy, dict):
        return None
    is_local = dataset.get("root") is not None
    return PolicyTraining(file, _text(dataset.get("repo_id")), _text(policy.get("type")), is_local)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
