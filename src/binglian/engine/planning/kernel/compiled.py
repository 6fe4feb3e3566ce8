"""The compiled kernel in Python's words: a site, and schedules built on it."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.network import Network

from .library import library

Order = npt.NDArray[np.int32]

_COUNTS = ("tasks", "modes", "resources", "precedences", "projects", "calendars", "cuts")
_ARRAYS = (
    "mode_start",
    "duration",
    "mode_calendar",
    "demand_start",
    "demand_resource",
    "demand_amount",
    "capacity",
    "renewable",
    "before",
    "after",
    "link",
    "least",
    "most",
    "lag_calendar",
    "closed_start",
    "closed_first",
    "closed_last",
    "release",
    "deadline",
    "due",
    "weight",
    "project",
    "project_deadline",
    "project_due",
    "project_weight",
    "frozen_start",
    "frozen_finish",
    "frozen_mode",
    "cut_at",
    "cut_before",
)


class _Struct(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in _COUNTS] + [
        (name, ctypes.c_void_p) for name in _ARRAYS
    ]


class Score(ctypes.Structure):
    """What a schedule is worth: ``broken`` rules, then the first aims; less is better."""

    _fields_ = [(name, ctypes.c_double) for name in ("broken", "overrun", "lateness", "makespan")]

    def key(self) -> tuple[float, float, float, float]:
        """Return what to compare by."""
        return self.broken, self.overrun, self.lateness, self.makespan


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """Starts and finishes of all tasks (N, instants of the axis), and modes (N)."""

    starts: Ints
    finishes: Ints
    modes: Ints
    score: Score


class NoSchedule(Exception):
    """None can be built: a mode demands more than there ever is, or the axis is too long."""


def pointer(array: npt.NDArray[Any] | None) -> ctypes.c_void_p:
    """Return the address of an array's first element, NULL for None."""
    return ctypes.c_void_p(None if array is None else array.ctypes.data)


class Site:
    """A network handed to the compiled code; keeps its arrays alive, may be shared by threads."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.lib = library()
        columns = {name: getattr(network, name) for name in _ARRAYS if not name.startswith("cut_")}
        columns |= {"cut_at": network.axis.at, "cut_before": network.axis.before}
        self._arrays = {name: np.ascontiguousarray(one) for name, one in columns.items()}
        counts = {
            "tasks": network.tasks,
            "modes": len(network.duration),
            "resources": len(network.capacity),
            "precedences": len(network.before),
            "projects": len(network.project_due),
            "calendars": len(network.closed_start) - 1,
            "cuts": len(network.axis.at),
        }
        self._struct = _Struct(
            **counts, **{name: one.ctypes.data for name, one in self._arrays.items()}
        )
        self.address = ctypes.c_void_p(self.lib.binglian_site_new(ctypes.byref(self._struct)))

    def topological(self) -> Order:
        """Return the tasks (N) in an order that respects all ties, except on cycles."""
        order = np.zeros(self.network.tasks, dtype=np.int32)
        self.lib.binglian_site_order(self.address, pointer(order))
        return order

    def __del__(self) -> None:
        if getattr(self, "address", None):
            self.lib.binglian_site_free(self.address)


class Bench:
    """Where one thread builds schedules."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.address = ctypes.c_void_p(site.lib.binglian_bench_new(site.address))

    def __del__(self) -> None:
        if getattr(self, "address", None):
            self.site.lib.binglian_bench_free(self.address)

    def build(self, order: Order, modes: Ints) -> Schedule:
        """Place each task in turn as early as what was placed before lets it.

        Raises
        ------
        NoSchedule
            None can be built in these modes.
        """
        tasks = self.site.network.tasks
        order, chosen = (np.ascontiguousarray(one, dtype=np.int32) for one in (order, modes))
        starts, finishes = np.zeros(tasks, dtype=np.int64), np.zeros(tasks, dtype=np.int64)
        score = Score()
        ended = self.site.lib.binglian_build(
            self.address,
            *(pointer(one) for one in (order, chosen, starts, finishes)),
            ctypes.byref(score),
        )
        if ended:
            raise NoSchedule(
                "a mode demands more than there ever is" if ended == -1 else "the axis is too long"
            )
        return Schedule(starts, finishes, np.asarray(modes, dtype=np.int64), score)
