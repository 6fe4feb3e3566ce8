"""The compiled kernel in Python's words: a market's dual function, and an answer under work."""

import ctypes
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from binglian.engine.coupling.market import Flags, Market
from binglian.engine.coupling.pairs import Floats, Ints, Supplies

from .library import library

BLOCKS = 4  # the work is cut in so many pieces whatever the number of threads
_COUNTS = ("needs", "parts", "arcs", "resources", "offers", "slots", "words")
_ARRAYS = (
    "capacity",
    "offer_resource",
    "renews",
    "available",
    "effort",
    "effort_resource",
    "price",
    "setup_price",
    "organisation",
    "worth",
    "whole",
    "times",
    "consecutive",
    "suppliers_left",
    "few_organisations",
    "payer",
    "part_start",
    "slot_start",
    "slot",
    "forced",
    "override_start",
    "override_part",
    "override_slot",
    "override_wanted",
    "wanted",
    "gain",
    "part_suppliers_left",
    "few",
    "arc_start",
    "arc_offer",
    "least",
    "most",
    "use",
    "value",
    "fixed",
    "lean",
    "known",
)
Held = dict[int, list[tuple[int, int, int]]]  # open need → (arc, slot, quantity received)


class _Struct(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in _COUNTS] + [
        (name, ctypes.c_void_p) for name in _ARRAYS
    ]


def _pointer(array: np.ndarray[Any, Any] | None) -> int | None:
    return None if array is None else array.ctypes.data


class Kernel:
    """A market handed to the compiled code; keeps the arrays alive."""

    def __init__(self, market: Market, threads: int = 2) -> None:
        self.market = market
        self.lib = library()
        self.threads = ThreadPoolExecutor(max_workers=max(1, threads))
        self.needs, self.resources = len(market.need_row), len(market.capacity)
        self._arrays = {name: np.ascontiguousarray(getattr(market, name)) for name in _ARRAYS}
        counts = {
            "needs": self.needs,
            "parts": len(market.wanted),
            "arcs": len(market.arc_pair),
            "resources": self.resources,
            "offers": len(market.organisation),
            "slots": market.slots,
            "words": market.available.shape[1],
        }
        pointers = {name: _pointer(array) for name, array in self._arrays.items()}
        self._struct = _Struct(**counts, **pointers)
        self.address = ctypes.addressof(self._struct)
        self._cuts = self._even_cuts()

    def _even_cuts(self) -> list[int]:
        """Cut the needs into blocks of about as many arcs."""
        arcs = self.market.arc_start[self.market.part_start]
        targets = np.linspace(0, float(arcs[-1]), BLOCKS + 1)[1:-1]
        return [0, *np.searchsorted(arcs, targets).tolist(), self.needs]

    def dual(self, price: Floats) -> tuple[Floats, Floats]:
        """Return (surplus per need, what all would use per resource) at prices per resource.

        A surplus below 0 means the need buys nothing; -inf that it cannot be met at all.
        """
        price = np.ascontiguousarray(price, dtype=np.float64)
        surplus = np.zeros(self.needs)
        used = np.zeros((BLOCKS, self.resources))

        def answer(block: int) -> None:
            self.lib.binglian_dual(
                ctypes.c_void_p(self.address),
                ctypes.c_int64(self._cuts[block]),
                ctypes.c_int64(self._cuts[block + 1]),
                ctypes.c_void_p(price.ctypes.data),
                ctypes.c_void_p(surplus.ctypes.data),
                ctypes.c_void_p(used[block].ctypes.data),
            )

        list(self.threads.map(answer, range(BLOCKS)))
        return surplus, used.sum(axis=0)

    def islands(self) -> Ints:
        """Return for every need the number of its island: needs that share any resource."""
        island = np.zeros(self.needs, dtype=np.int64)
        call = self.lib.binglian_islands
        call.restype = ctypes.c_int64
        call(ctypes.c_void_p(self.address), ctypes.c_void_p(island.ctypes.data))
        return island


class State:
    """A sound answer under work: what every need holds, and what is left of everything."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel, self.market = kernel, kernel.market
        lib = self.lib = kernel.lib
        lib.binglian_state_new.restype = ctypes.c_void_p
        lib.binglian_improve.restype = ctypes.c_double
        for name in ("count", "lines"):
            getattr(lib, f"binglian_state_{name}").restype = ctypes.c_int64
        self._state = ctypes.c_void_p(lib.binglian_state_new(ctypes.c_void_p(kernel.address)))
        self.left: Ints = self._view("left", ctypes.c_int64, kernel.resources)
        self.values: Floats = self._view("value", ctypes.c_double, kernel.needs)

    def __del__(self) -> None:
        if getattr(self, "_state", None):
            self.lib.binglian_state_free(self._state)

    def _view(self, name: str, kind: Any, length: int) -> Any:
        call = getattr(self.lib, f"binglian_state_{name}")
        call.restype = ctypes.POINTER(kind)
        return np.ctypeslib.as_array(call(self._state), shape=(max(1, length),))[:length]

    def set_prices(self, price: Floats, cost: Floats) -> None:
        """Choose by these prices per resource; ``cost[n]`` is what a full answer costs at them."""
        columns = [np.ascontiguousarray(column, dtype=np.float64) for column in (price, cost)]
        self.lib.binglian_state_prices(
            self._state, *(ctypes.c_void_p(column.ctypes.data) for column in columns)
        )

    def total(self) -> float:
        """Return the points of all that is held, a trace of the later aims included."""
        return float(self.values.sum())

    def first_aims(self) -> Floats:
        """Return the points of the first aim that every need holds."""
        arc, _, quantity = self._columns(0, self.kernel.needs)
        need = self.market.part_need[self.market.arc_part[arc]]
        lean = np.bincount(
            need, weights=self.market.lean[arc] * quantity, minlength=self.kernel.needs
        )
        return np.where(lean > 0, self.values - lean, self.values)

    def fill(self, order: Sequence[int] | Ints, *, spare: bool = False) -> None:
        """Serve needs that hold nothing, in this order.

        With ``spare``, partial needs take what is left without regard to prices.
        """
        needs = np.ascontiguousarray(order, dtype=np.int64)
        self.lib.binglian_fill(
            self._state,
            ctypes.c_void_p(needs.ctypes.data),
            ctypes.c_int64(len(needs)),
            ctypes.c_int(spare),
        )

    def improve(
        self,
        seed: np.ndarray[Any, np.dtype[np.uint64]],
        rounds: int,
        heat: float,
        thrift: float,
        centres: Ints,
        allowed: Flags | None = None,
    ) -> float:
        """Try ``rounds`` exchanges around needs of ``centres``; return the change of merit.

        Losses of about ``heat`` are tolerated; merit is value less the share ``thrift`` of what is
        used at the prices.
        ``seed`` is one word of state, moved on. Only ``allowed`` needs are touched: two threads
        may work at once where these share no resource.
        """
        return float(
            self.lib.binglian_improve(
                self._state,
                ctypes.c_void_p(seed.ctypes.data),
                ctypes.c_int64(rounds),
                ctypes.c_double(heat),
                ctypes.c_double(thrift),
                ctypes.c_void_p(centres.ctypes.data),
                ctypes.c_int64(len(centres)),
                ctypes.c_void_p(_pointer(allowed)),
            )
        )

    def copy_from(self, other: "State") -> None:
        """Hold what ``other``, a state of the same market, holds."""
        self.lib.binglian_state_copy(self._state, other._state)

    def halves(self, start: int) -> Flags:
        """Return 0 or 1 for every need: those first reached from ``start``, and the rest.

        It spreads out through the offers that needs want in common; both have as many arcs.
        """
        side = np.zeros(self.kernel.needs, dtype=np.uint8)
        self.lib.binglian_halves(
            self._state, ctypes.c_int64(start), ctypes.c_void_p(side.ctypes.data)
        )
        return side

    def share_out(self, one: "State", other: "State", owner: Flags) -> None:
        """Let two states start from this one, each with what is left of the resources it owns."""
        one.copy_from(self)
        other.copy_from(self)
        self.lib.binglian_share_out(one._state, other._state, ctypes.c_void_p(owner.ctypes.data))

    def join(self, one: "State", other: "State", side: Flags) -> None:
        """Hold what the needs of side 0 hold in ``one`` and those of side 1 in ``other``."""
        self.lib.binglian_join(
            self._state, one._state, other._state, ctypes.c_void_p(side.ctypes.data)
        )

    def value(self, need: int) -> float:
        """Return the points of what one need holds."""
        return float(self.values[need])

    def held(self, need: int) -> list[tuple[int, int, int]]:
        """Return what one need holds: (arc, slot, quantity received)."""
        return self._rows(need, need + 1)

    def _columns(self, first: int, last: int) -> tuple[Ints, Any, Ints]:
        ends = ctypes.c_int64(first), ctypes.c_int64(last)
        count = self.lib.binglian_state_lines(self._state, *ends, None, None, None)
        arc, quantity = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        slot = np.zeros(count, dtype=np.int32)
        columns = [ctypes.c_void_p(column.ctypes.data) for column in (arc, slot, quantity)]
        self.lib.binglian_state_lines(self._state, *ends, *columns)
        return arc, slot, quantity

    def _rows(self, first: int, last: int) -> list[tuple[int, int, int]]:
        return list(zip(*(column.tolist() for column in self._columns(first, last)), strict=True))

    def take(self, need: int) -> None:
        """Put back everything a need holds."""
        self.lib.binglian_state_take(self._state, ctypes.c_int64(need))

    def give(self, need: int, rows: Iterable[tuple[int, int, int]]) -> None:
        """Let a need hold these rows too; the caller answers for the rules."""
        listed = list(rows)
        arc = np.array([row[0] for row in listed], dtype=np.int64)
        slot = np.array([row[1] for row in listed], dtype=np.int32)
        quantity = np.array([row[2] for row in listed], dtype=np.int64)
        self.lib.binglian_state_give(
            self._state,
            ctypes.c_int64(need),
            ctypes.c_int64(len(listed)),
            *(ctypes.c_void_p(column.ctypes.data) for column in (arc, slot, quantity)),
        )

    def replace(self, found: Held) -> None:
        """Let these needs hold ``found`` instead of what they hold."""
        for n in found:
            self.take(n)
        for n, rows in found.items():
            self.give(n, rows)

    def supplies(self) -> Supplies:
        """Return all that is held as the answer to the problem."""
        arc, slot, quantity = self._columns(0, self.kernel.needs)
        pair = self.market.arc_pair[arc]
        order = np.lexsort((slot, pair))
        return Supplies(pair[order], slot[order], quantity[order])
