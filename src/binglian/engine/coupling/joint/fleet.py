"""Processes that clear alliances side by side, on Dask; a lost one is replaced.

Tasks are pure functions of their arguments, so Dask may run one again wherever it likes: after a
worker is lost, what it held is worked out anew from what came before.
"""

import os
from collections.abc import Callable, Sequence
from itertools import count
from types import TracebackType
from typing import Any

import dask
from distributed import Client, Future, LocalCluster

LOSSES_SURVIVED = 10  # of workers that held one and the same task
SETTINGS = {
    "distributed.scheduler.allowed-failures": LOSSES_SURVIVED,
    "distributed.admin.large-graph-warning-threshold": "1GB",
}


class Fleet:
    """A cluster of local processes, one task each at a time; use it in a ``with`` statement."""

    def __init__(self, workers: int = 2) -> None:
        if workers < 1:
            raise ValueError(f"workers: {workers} is less than 1")
        self.workers = workers
        self._numbers = count()

    def __enter__(self) -> "Fleet":
        with dask.config.set(SETTINGS):
            self._cluster = LocalCluster(
                n_workers=self.workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",  # the first port that is free
                memory_limit=None,
                silence_logs="CRITICAL",
            )
            self._client = Client(self._cluster)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()
        self._cluster.close()

    def start(self, act: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``act`` done by some worker; arguments may be earlier futures."""
        key = f"{act.__name__}-{next(self._numbers)}"
        return self._client.submit(act, *arguments, key=key, pure=False)

    def results(self, futures: Sequence[Future[Any]]) -> list[Any]:
        """Wait for the results, in the order of the futures."""
        results: list[Any] = self._client.gather(list(futures))
        return results

    def busy_workers(self) -> list[int]:
        """Return the process ids of the workers that have something to do."""
        pids = self._client.run(os.getpid)
        return [pids[address] for address, tasks in self._client.processing().items() if tasks]
