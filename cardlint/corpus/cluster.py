"""The connection to a Ray cluster."""

from __future__ import annotations

import os
import socket

import daft

__all__ = ["connect"]

_TIMEOUT = 10  # seconds for a machine to answer


def connect(address: str) -> None:
    """Let Daft use the cluster at `local` (a new one on this machine), `auto`, `host:port` or `ray://host:port`.

    Raises:
        OSError: no cluster answers.
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
    """Test the port of an address first: Ray itself would wait for minutes and print messages."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _TIMEOUT).close()
