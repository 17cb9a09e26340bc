"""A Ray cluster to work on."""

from __future__ import annotations

import os
import socket

import daft

__all__ = ["connect"]

# Seconds for a machine to answer.
_PATIENCE = 10


def connect(address: str) -> None:
    """Let Daft work on the cluster at `local` (one is begun here), `auto`, `host:port` or `ray://host:port`.

    Raises:
        OSError: there is none, or none answers.
    """
    import ray

    _reach(address)
    kept = ("DAFT_ANALYTICS_ENABLED", "DAFT_PROGRESS_BAR", "DO_NOT_TRACK", "RAY_TQDM", "SCARF_NO_ANALYTICS")
    ray.init(
        address=address,
        log_to_driver=False,
        logging_level="ERROR",
        include_dashboard=None if address != "local" else False,
        runtime_env={"env_vars": {name: os.environ[name] for name in kept}},
    )
    daft.set_runner_ray(noop_if_initialized=True)


def _reach(address: str) -> None:
    """Knock at the port that an address names: Ray itself would wait there for minutes, and not in silence."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
