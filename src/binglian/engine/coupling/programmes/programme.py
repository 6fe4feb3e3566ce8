"""The mixed-integer programme of some needs that share what is left.

A flow (an arc in a slot) has a column worth ``units`` units each: the share of its cell that it
carries (so yuan and rooms are on one scale), single units where rows with uneven numbers would
break a share, or a switch if it carries one batch or nothing. A flow that alone can serve its
cell has no column of its own: the need's does. So plain lists give a transportation problem with
switches, one of agents and jobs the textbook's generalised assignment, and one of single sources
the textbook's multi-dimensional knapsack.

    maximise    sum over needs and flows of points
    subject to  what flows take <= left                       offers, effort, budgets
                sum of a cell's shares = its need's activity  (<= 1 or activity if partial)
                least * begun <= quantity <= most * begun     lots, set-ups
                shares of an organisation <= joins            where suppliers are limited
                activity = slots chosen                       where there are several

With the switches set, what remains are transports whose corners are whole numbers of units.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Ints

from .flows import open_flows, takings
from .held import Held, points_of, unit_shares
from .matrix import INFINITY, Columns, Flags, Rows
from .timetable import Timetable


class Programme:
    """The programme over ``needs``, with ``left[r]`` of each resource for these needs to share.

    ``served`` and ``fit`` are the first two aims, in points per column. Only ``arcs`` (None: all)
    may be used.
    """

    def __init__(
        self, market: Market, needs: Sequence[int], left: Ints, arcs: Flags | None = None
    ) -> None:
        self.market = market
        self.needs = list(needs)
        self.left = np.asarray(left)
        self._asked = np.asarray(self.needs, dtype=np.int64)
        self.flows, self.cells = open_flows(market, self.needs, self.left, arcs)
        self.columns, self.rows = Columns(), Rows()
        self._classify()
        self._make_columns()
        self._serve_cells()
        self._begin_supplies()
        self._limit_suppliers()
        self._share_resources()
        self.upper, self.integer = self.columns.stack()
        self.lower = np.zeros(len(self.upper))
        self.served = self._first_aim()

    def _classify(self) -> None:
        """Find out which flows go in batches, and which must be counted in single units."""
        market, flows, cells = self.market, self.flows, self.cells
        self.takings = takings(market, self._asked, flows, cells)
        self._binds = self.takings.at_most(flows, len(self.left)) > self.left
        part = cells.part[flows.cell]
        need = cells.need[flows.cell]
        self.fixed = market.fixed[flows.arc]
        pays = (market.payer[self._asked][need] >= 0) & (
            market.setup_price[market.arc_offer[flows.arc]] > 0
        )
        self.whole = market.whole[self._asked][need] > 0
        self.wanted = cells.wanted[flows.cell]
        self.per_unit = market.gain[part] + market.value[flows.arc]
        self._even = self._even_resources(need)
        uneven = np.zeros(len(part), dtype=bool)
        rows = self._binds[self.takings.resource] & ~self._even[self.takings.resource]
        uneven[self.takings.flow[rows]] = True
        self.begins = flows.alone | (flows.least > 1) | (self.fixed != 0) | pays
        self.batch = (self.begins & (flows.least == flows.most)) | (uneven & (flows.most == 1))
        self.counted = uneven & ~self.batch

    def _even_resources(self, need: Ints) -> Flags:
        """Tell of which resources every flow takes the same, so that whole numbers stay whole."""
        taking, resources = self.takings, len(self.left)
        lowest = np.full(resources, np.iinfo(np.int64).max)
        highest = np.zeros(resources, dtype=np.int64)
        np.minimum.at(lowest, taking.resource, taking.per_unit)
        np.maximum.at(highest, taking.resource, taking.per_unit)
        self._step = np.where(highest > 0, highest, 1)
        even: Flags = lowest == highest
        even[taking.resource[taking.begun > 0]] = False
        payer = self.market.payer[self._asked][need]
        payer = payer[payer >= 0]
        paid = np.bincount(payer, minlength=resources)
        taken = np.bincount(taking.resource, minlength=resources)
        even &= (paid == 0) | (paid == taken)
        return even

    def _make_columns(self) -> None:
        flows, cells = self.flows, self.cells
        in_cell = np.bincount(flows.cell, minlength=len(cells.part))
        full = self.batch & (flows.most == self.wanted) & self.whole
        is_odd = np.bincount(flows.cell, weights=~full, minlength=len(cells.part)) > 0
        self.timetable = Timetable(self.market, self._asked, cells, is_odd, self.columns, self.rows)
        time = cells.time[flows.cell]
        activity = self.timetable.single[time]
        self.tied = self.whole & (in_cell[flows.cell] == 1) & (activity >= 0)
        self.batch &= ~self.tied
        self.counted &= ~self.tied
        self.units = np.where(self.batch, flows.most, np.where(self.counted, 1, self.wanted))
        self.column = activity.copy()
        own, upper = ~self.tied, np.where(cells.alive[time], flows.most, 0) / self.units
        self.column[own] = self.columns.add(upper[own], (self.batch | self.counted)[own])
        self.begun = np.where(self.batch | self.tied, self.column, -1)
        self.loose = self.begins & (self.begun < 0)
        self.begun[self.loose] = self.columns.add_switches(int(self.loose.sum()))
        self.share = self.units / self.wanted  # of its cell, per unit of the column

    def _first_aim(self) -> Floats:
        aim = np.zeros(self.columns.count)
        for column, worth in self.timetable.worths:
            np.add.at(aim, column, worth)
        need = self.cells.need[self.flows.cell]
        worth = np.where(self.timetable.direct[need], self.market.worth[self._asked][need], 0.0)
        np.add.at(aim, self.column, self.per_unit * self.units + worth)
        starts = self.begun >= 0
        np.add.at(aim, self.begun[starts], self.fixed[starts])
        return aim

    def _serve_cells(self) -> None:
        flows, cells = self.flows, self.cells
        rowed = np.zeros(len(cells.part), dtype=bool)
        rowed[flows.cell[~self.tied]] = True
        reach = np.bincount(flows.cell, weights=flows.most, minlength=len(cells.part))
        reach = np.minimum(1.0, reach / np.maximum(1, cells.wanted))
        direct = self.timetable.direct[cells.need]
        whole = self.market.whole[self._asked][cells.need] > 0
        switched = self.timetable.has_switch[cells.time]
        self._cell_rows(rowed & whole & ~direct, 0.0, np.ones(len(cells.part)))
        self._cell_rows(rowed & ~whole & switched, -INFINITY, reach.astype(float))
        self._cell_rows(rowed & (direct | (~whole & ~switched)), -INFINITY, None)
        # No flow carries more than its reach of a need that is served only in part.
        short = (flows.most < self.wanted) & ~self.tied & switched[flows.cell]
        which = np.flatnonzero(short)
        loose = self.loose[which]
        column = np.where(loose, self.begun[which], self.column[which])
        bound = np.where(loose, 1.0, (flows.most / self.units)[which])
        row, switch = self.timetable.switches(cells.time[flows.cell[which]])
        self.rows.add(
            -INFINITY,
            0.0,
            len(which),
            (np.arange(len(which)), column, 1.0),
            (row, switch, -bound[row]),
        )

    def _cell_rows(self, chosen: Flags, lower: float, activity: Floats | None) -> None:
        """Add one row per chosen cell: its shares against its activity, or against 1."""
        which = np.flatnonzero(chosen)
        number = np.cumsum(chosen) - 1
        mine = chosen[self.flows.cell] & ~self.tied
        shares = (number[self.flows.cell[mine]], self.column[mine], self.share[mine])
        if activity is None:
            self.rows.add(lower, 1.0, len(which), shares)
            return
        row, column = self.timetable.switches(self.cells.time[which])
        self.rows.add(lower, 0.0, len(which), shares, (row, column, -activity[which][row]))

    def _begin_supplies(self) -> None:
        """Tie quantities to whether the supply is begun."""
        which = np.flatnonzero(self.loose)
        row = np.arange(len(which))
        x, z, units = self.column[which], self.begun[which], self.units[which]
        most, least = self.flows.most[which] / units, self.flows.least[which] / units
        self.rows.add(-INFINITY, 0.0, len(which), (row, x, 1.0), (row, z, -most))
        bound = (self.flows.least[which] > 1) | (self.fixed[which] > 0)
        row = np.arange(int(bound.sum()))
        self.rows.add(0.0, INFINITY, len(row), (row, x[bound], 1.0), (row, z[bound], -least[bound]))

    def _share_resources(self) -> None:
        taking, step = self.takings, self._step
        even = self._even[taking.resource]
        flow = taking.flow
        per_column = taking.per_unit * self.units[flow]
        per_column = np.where(even, per_column // step[taking.resource], per_column)
        room = np.where(self._even, self.left // step, self.left)
        self.scale = np.maximum(1, room)
        used = np.flatnonzero(self._binds)
        number = np.cumsum(self._binds) - 1
        mine = self._binds[taking.resource] & (per_column > 0)
        begun = self._binds[taking.resource] & (taking.begun > 0)
        size = self.scale[taking.resource]
        self.resource_rows = self.rows.add(
            -INFINITY,
            (room / self.scale)[used],
            len(used),
            (
                number[taking.resource[mine]],
                self.column[flow[mine]],
                per_column[mine] / size[mine],
            ),
            (
                number[taking.resource[begun]],
                self.begun[flow[begun]],
                taking.begun[begun] / size[begun],
            ),
        )
        self.resource_of_row = used
        self.scale = np.where(self._even, self.scale * step, self.scale)

    def _limit_suppliers(self) -> None:
        """Let organisations join needs, and parts at one time, where not all of them may."""
        market, flows, cells = self.market, self.flows, self.cells
        need, known = cells.need[flows.cell], market.known[flows.arc]
        self.joining: list[tuple[Ints, Ints]] = []
        limit = market.suppliers_left[self._asked]
        self._join(need, np.where(self.timetable.direct, -1, limit), known & 1 > 0, self._whole_of)
        acquainted = np.bincount(need, weights=known, minlength=len(limit)) > 0
        implied = (limit >= 0) & ~acquainted
        part_limit = market.part_suppliers_left[cells.part].astype(np.int64)
        part_limit[(cells.wanted <= 1) | self.timetable.direct[cells.need]] = -1
        part_limit[implied[cells.need] & (limit[cells.need] <= part_limit)] = -1
        apart = np.bincount(flows.cell, weights=~flows.alone, minlength=len(cells.part))
        part_limit[(apart == 0) & (part_limit == 1)] = -1
        self._join(flows.cell, part_limit, known & 2 > 0, self._activity_of)

    def _join(
        self,
        scope: Ints,
        limits: Ints,
        is_known: Flags,
        activity: Callable[[int], list[int] | None],
    ) -> None:
        """Limit the new organisations within each scope (need or cell) to ``limits[scope]``."""
        mine = np.flatnonzero((limits[scope] >= 0) & ~is_known)
        if not len(mine):
            return
        width = len(self.market.organisation) + 1
        ends, which = np.unique(
            scope[mine] * width + self.flows.organisation[mine], return_inverse=True
        )
        within = ends // width
        crowded = np.bincount(within, minlength=len(limits)) > limits
        keep = crowded[within]
        join = np.full(len(ends), -1, dtype=np.int64)
        join[keep] = self.columns.add_switches(int(keep.sum()))
        which, mine = which[keep[which]], mine[keep[which]]
        self.joining.append((mine, join[which]))
        self._tie_to_joining(mine, join[which])
        for i in np.unique(within[keep]).tolist():
            entries = [(int(u), 1.0) for u in join[within == i]]
            limit, switches = float(limits[i]), activity(i)
            if switches is None:
                self.rows.add_one(-INFINITY, limit, entries)
            else:
                self.rows.add_one(-INFINITY, 0.0, entries + [(y, -limit) for y in switches])

    def _tie_to_joining(self, mine: Ints, join: Ints) -> None:
        """Only an organisation that joins carries shares of a cell, or begins a supply."""
        _, group = np.unique(self.flows.cell[mine] * self.columns.count + join, return_inverse=True)
        first = np.unique(group, return_index=True)[1]
        reach = np.bincount(group, weights=(self.flows.most / self.wanted)[mine])
        row = np.arange(len(first))
        self.rows.add(
            -INFINITY,
            0.0,
            len(first),
            (group, self.column[mine], self.share[mine]),
            (row, join[first], -np.minimum(1.0, reach)),
        )
        loose = self.loose[mine]
        row = np.arange(int(loose.sum()))
        self.rows.add(
            -INFINITY, 0.0, len(row), (row, self.begun[mine][loose], 1.0), (row, join[loose], -1.0)
        )

    def _whole_of(self, i: int) -> list[int] | None:
        return self.timetable.served_by(i) if self.market.whole[self._asked[i]] else None

    def _activity_of(self, cell: int) -> list[int] | None:
        time = self.cells.time[cell : cell + 1]
        if not self.timetable.has_switch[time[0]]:
            return None
        return [int(column) for column in self.timetable.switches(time)[1]]

    def add_columns(self, upper: Floats, integer: Flags) -> Ints:
        """Add columns from 0 to ``upper`` to the finished programme; return their numbers."""
        added = self.columns.add(upper, integer)
        self.upper, self.integer = self.columns.stack()
        self.lower = np.concatenate((self.lower, np.zeros(len(added))))
        return added

    @cached_property
    def unit_share(self) -> Floats:
        """Return the share of its need that one unit of each flow carries."""
        return unit_shares(self.market, self.cells.part[self.flows.cell])

    @cached_property
    def fit(self) -> Floats:
        """Return the second aim: points per column."""
        fit = self.market.problem.pairs.fit[self.market.arc_pair[self.flows.arc]]
        return self.per_column(np.round(fit.astype(float), 3) * self.unit_share)

    @cached_property
    def blended(self) -> Floats:
        """Return the first aim with a trace of the later ones."""
        return self.served + self.per_column(self.market.lean[self.flows.arc])

    def points(self, held: Held) -> float:
        """Return what ``held`` earns, a trace of the later aims included."""
        lean = self.market.lean
        traces = (q * float(lean[arc]) for lines in held.values() for arc, _, q in lines)
        return sum(points_of(self.market, n, held[n]) for n in held) + sum(traces)

    @property
    def own_points(self) -> Floats:
        """Return what flows add to the first aim by themselves: values, then fixed points."""
        return np.concatenate((self.market.value[self.flows.arc], self.fixed))

    def per_column(self, per_unit: Floats) -> Floats:
        """Turn points per unit of each flow into points per column."""
        aim = np.zeros(len(self.served))
        np.add.at(aim, self.column, per_unit * self.units)
        return aim

    @cached_property
    def _flow_at(self) -> dict[tuple[int, int], int]:
        ends = zip(self.flows.arc.tolist(), self.flows.slot.tolist(), strict=True)
        return {end: flow for flow, end in enumerate(ends)}

    def quantities(self, held: Held) -> Ints | None:
        """Return the quantity of every flow, or None if ``held`` uses others."""
        quantities = np.zeros(len(self.flows.arc), dtype=np.int64)
        for n in self.needs:
            for arc, slot, quantity in held.get(n, ()):
                flow = self._flow_at.get((arc, slot))
                if flow is None:
                    return None
                quantities[flow] = quantity
        return quantities

    def start_from(self, held: Held) -> Floats | None:
        """Return column values of known supplies; None if the programme cannot express them."""
        quantities = self.quantities(held)
        if quantities is None:
            return None
        values = np.zeros(len(self.upper))
        values[self.column] = quantities / self.units
        active = quantities > 0
        values[self.begun[active & (self.begun >= 0)]] = 1.0
        for flow, join in self.joining:
            values[join[active[flow]]] = 1.0
        need, time = self.cells.need[self.flows.cell], self.cells.time[self.flows.cell]
        used: dict[int, set[int]] = {}
        for i, t in zip(need[active].tolist(), time[active].tolist(), strict=True):
            used.setdefault(i, set()).add(t)
        for i, times in used.items():
            values[self.timetable.values_for(i, frozenset(times))] = 1.0
        return values

    def held_by(self, values: Floats) -> Held:
        """Return the supplies of column values, rounded to whole units."""
        held: Held = {n: [] for n in self.needs}
        quantities = np.rint(values[self.column] * self.units).astype(np.int64)
        active = np.flatnonzero(quantities > 0)
        need = self.cells.need[self.flows.cell[active]]
        for i, arc, slot, quantity in zip(
            need.tolist(),
            self.flows.arc[active].tolist(),
            self.flows.slot[active].tolist(),
            quantities[active].tolist(),
            strict=True,
        ):
            held[self.needs[i]].append((arc, slot, quantity))
        return held

    def is_whole(self, values: Floats) -> bool:
        """Tell whether the column values stand for whole units."""
        units = values[self.column] * self.units
        return bool((np.abs(units - np.rint(units)) <= 1e-4).all())
