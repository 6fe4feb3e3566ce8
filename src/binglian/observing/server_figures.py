"""Figures of a server whose processes come and go.

prometheus-client keeps one set of files for each process id, which would grow without end, since
gunicorn replaces its processes now and then. Here each process takes a seat; who takes a seat that
became free goes on counting in the files of the one before.
"""

import os
import tempfile
from typing import Any

from prometheus_client import values


class Seats:
    """Seats for the processes of one server, and the folder of their figures."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="binglian-figures-")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = self._folder.name
        self._taken: dict[Any, int] = {}
        self._server = os.getpid()

    def before_fork(self, _server: Any, worker: Any) -> None:
        """In the server: the new process gets the first free seat."""
        taken = set(self._taken.values())
        self._taken[worker] = next(seat for seat in range(len(taken) + 1) if seat not in taken)

    def after_fork(self, _server: Any, worker: Any) -> None:
        """In the new process, before anything is counted."""
        seat = self._taken[worker]
        values.ValueClass = values.MultiProcessValue(process_identifier=lambda: seat)

    def after_exit(self, _server: Any, worker: Any) -> None:
        """In the server: the seat is free again."""
        self._taken.pop(worker, None)

    def close(self) -> None:
        """Remove the folder; only the server itself does."""
        if os.getpid() == self._server:
            self._folder.cleanup()
