"""Processes that clear alliances side by side, on Dask; a lost one is replaced.

Tasks are pure functions of their arguments, so Dask may run one again wherever it likes: after a
worker is lost, what it held is worked out anew from what came before. They write nothing.
"""

import logging
import os
from asyncio import CancelledError
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import count
from types import TracebackType
from typing import Any

import dask
from distributed import Client, Future, LocalCluster
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

LOSSES_SURVIVED = 10  # of workers that held one and the same task
PATIENCE = 30  # seconds until a scheduler elsewhere, and a worker of it, must have answered
SETTINGS = {
    "distributed.scheduler.allowed-failures": LOSSES_SURVIVED,
    "distributed.admin.large-graph-warning-threshold": "1GB",
}


class FleetLost(RuntimeError):
    """The scheduler is gone, or one task took too many workers with it; there is no answer."""


class Fleet:
    """A cluster of processes, one task each at a time; use it in a ``with`` statement.

    Parameters
    ----------
    workers
        How many local processes to start.
    scheduler
        Address of a Dask scheduler that is running already (``tcp://host:8786``), with its own
        workers on whatever machines; then none is started here.
    """

    def __init__(self, workers: int = 2, *, scheduler: str | None = None) -> None:
        if workers < 1:
            raise ValueError(f"workers: {workers} is less than 1")
        self.workers, self.scheduler = workers, scheduler
        self._numbers = count()
        self._open = ExitStack()

    def __enter__(self) -> "Fleet":
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # whatever logs the rest
        with dask.config.set(SETTINGS):
            if self.scheduler is None:
                cluster = self._open.enter_context(
                    LocalCluster(
                        n_workers=self.workers,
                        threads_per_worker=1,
                        processes=True,
                        dashboard_address="127.0.0.1:0",  # the first port that is free
                        memory_limit=None,
                        silence_logs="CRITICAL",
                    )
                )
                self._client = self._open.enter_context(Client(cluster))
                return self
            try:
                client = Client(self.scheduler, timeout=PATIENCE)
                self._client = self._open.enter_context(client)
                self._client.wait_for_workers(1, timeout=PATIENCE)
            except OSError as error:  # a TimeoutError is one
                self._open.close()
                reason = f"{self.scheduler}: no scheduler with a worker answers"
                raise FleetLost(reason) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def start(self, act: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``act`` done by some worker; arguments may be earlier futures."""
        key = f"{act.__name__}-{next(self._numbers)}"
        try:
            task: Future[Any] = self._client.submit(act, *arguments, key=key, pure=False)
        except (CommClosedError, CancelledError, RuntimeError) as error:
            raise FleetLost("The scheduler is gone") from error
        return task

    def results(self, futures: Sequence[Future[Any]]) -> list[Any]:
        """Wait for the results, in the order of the futures.

        Raises ``FleetLost`` when they will never come.
        """
        try:
            results: list[Any] = self._client.gather(list(futures))
        except KilledWorker as error:
            raise FleetLost(f"A task took {LOSSES_SURVIVED} workers with it") from error
        except (CommClosedError, CancelledError, FutureCancelledError) as error:
            raise FleetLost("The scheduler is gone") from error
        return results

    def everywhere(self, act: Callable[[], Any]) -> list[Any]:
        """Have ``act`` done once by every worker."""
        return list(self._client.run(act).values())

    def worker_ids(self) -> list[int]:
        """Return the process ids of the workers."""
        return sorted(self.everywhere(os.getpid))

    def busy_workers(self) -> list[int]:
        """Return the process ids of the workers that have something to do."""
        pids = self._client.run(os.getpid)
        return [pids[address] for address, tasks in self._client.processing().items() if tasks]
