"""A Ray cluster to work on."""

from __future__ import annotations

import os

import daft

__all__ = ["connect"]


def connect(address: str) -> None:
    """Let Daft work on the cluster at `local` (one is begun here), `auto`, `host:port` or `ray://host:port`.

    Raises:
        ConnectionError: there is none.
    """
    import ray

    kept = ("DAFT_ANALYTICS_ENABLED", "DAFT_PROGRESS_BAR", "DO_NOT_TRACK", "RAY_TQDM", "SCARF_NO_ANALYTICS")
    ray.init(
        address=address,
        log_to_driver=False,
        logging_level="ERROR",
        include_dashboard=None if address != "local" else False,
        runtime_env={"env_vars": {name: os.environ[name] for name in kept}},
    )
    daft.set_runner_ray(noop_if_initialized=True)
