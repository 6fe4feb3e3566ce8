"""Programmes of the later aims: rows that hold earlier aims, columns that count later ones."""

from collections import defaultdict

import numpy as np

from binglian.engine.coupling.pairs import Floats

from .held import Held
from .matrix import INFINITY
from .programme import Programme


class Refinement(Programme):
    """A programme in which earlier aims can be held while a later one is improved."""

    def hold(self, aim: Floats, value: float) -> None:
        """Demand at least ``value`` of ``aim``."""
        entries = [(int(j), float(aim[j])) for j in np.flatnonzero(aim)]
        self.rows.add_one(value - 1e-7 * max(1.0, abs(value)), INFINITY, entries)

    def serve_as(self, held: Held) -> None:
        """Serve every need exactly as far as ``held`` does; only who serves it may change."""
        part_of = self.cells.part[self.flows.cell]
        need_of = self.cells.need[self.flows.cell]
        served: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for flow, part in enumerate(part_of.tolist()):
            served[part].append((int(self.column[flow]), float(self.units[flow])))
        received: dict[int, int] = defaultdict(int)
        for lines in held.values():
            for arc, _, quantity in lines:
                received[int(self.market.arc_part[arc])] += quantity
        switched = set()
        for i, n in enumerate(self.needs):
            switches = self.timetable.served_by(i)
            if switches:
                switched.add(i)
                goal = float(bool(held[n]))
                self.rows.add_one(goal, goal, [(column, 1.0) for column in switches])
        first = dict(zip(part_of.tolist(), need_of.tolist(), strict=True))
        for part, entries in served.items():
            if first[part] not in switched:
                wanted = float(self.market.wanted[part])
                share = received[part] / wanted
                self.rows.add_one(share, share, [(j, units / wanted) for j, units in entries])

    def demand_whole_units(self) -> None:
        """Demand whole units outright, where held aims would allow broken ones."""
        loose = np.flatnonzero(~self.integer[self.column])
        single = self.units[loose] == 1
        self.integer[self.column[loose[single]]] = True
        many = loose[~single]
        units = self.units[many].astype(float)
        whole = self.add_columns(np.rint(self.upper[self.column[many]] * units), units > 0)
        row = np.arange(len(many))
        self.rows.add(0.0, 0.0, len(many), (row, self.column[many], units), (row, whole, -1.0))
        self._whole_units = list(
            zip(whole.tolist(), self.column[many].tolist(), units, strict=True)
        )

    def count_crowding(self, loads: Floats) -> Floats:
        """Add the load of each organisation on top of ``loads``; return the third aim's costs."""
        carried: dict[int, list[tuple[int, float]]] = defaultdict(list)
        per_column = self.unit_share * self.units
        for flow, organisation in enumerate(self.flows.organisation.tolist()):
            carried[organisation].append((int(self.column[flow]), float(per_column[flow])))
        self._crowds: list[tuple[list[tuple[int, float]], list[tuple[int, float]]]] = []
        costs = [0.0] * len(self.upper)
        for organisation, entries in sorted(carried.items()):
            could = sum(float(self.upper[x]) * share for x, share in entries)
            at, widths = float(loads[organisation]), []
            while could > 1e-9:
                width = min(could, 1.0 - (at - int(at + 1e-9)))
                widths.append(width)
                costs.append(float(int(at + 1e-9)))
                at, could = at + width, could - width
            columns = self.add_columns(np.array(widths), np.zeros(len(widths), dtype=bool))
            steps = list(zip(columns.tolist(), widths, strict=True))
            self.rows.add_one(0.0, 0.0, entries + [(step, -1.0) for step, _ in steps])
            self._crowds.append((entries, steps))
        return np.array(costs)

    def count_kept(self, earlier: dict[tuple[int, int], int]) -> Floats:
        """Add what stays as it was of ``earlier`` {(arc, slot): quantity}; return the points."""
        points = np.zeros(len(self.upper))
        self._staying: list[tuple[int, int, float]] = []
        tied: list[tuple[int, float, float]] = []
        for flow, end in enumerate(
            zip(self.flows.arc.tolist(), self.flows.slot.tolist(), strict=True)
        ):
            before = earlier.get(end, 0)
            if before >= self.flows.most[flow]:
                points[self.column[flow]] += self.unit_share[flow] * self.units[flow]
            elif before:
                most = before / float(self.units[flow])
                tied.append((flow, most, float(self.unit_share[flow] * self.units[flow])))
        columns = self.add_columns(
            np.array([most for _, most, _ in tied]), np.zeros(len(tied), dtype=bool)
        )
        for stays, (flow, _, _) in zip(columns.tolist(), tied, strict=True):
            x = int(self.column[flow])
            self.rows.add_one(-INFINITY, 0.0, [(stays, 1.0), (x, -1.0)])
            self._staying.append((stays, x, float(self.upper[stays])))
        return np.concatenate((points, [share for _, _, share in tied]))

    def start_from(self, held: Held) -> Floats | None:
        """Return column values of known supplies; None if the programme cannot express them."""
        values = super().start_from(held)
        if values is None:
            return None
        for whole, x, units in getattr(self, "_whole_units", ()):
            values[whole] = round(values[x] * units)
        for entries, steps in getattr(self, "_crowds", ()):
            load = sum(values[x] * share for x, share in entries)
            for step, width in steps:
                values[step] = min(load, width)
                load -= values[step]
        for stays, x, most in getattr(self, "_staying", ()):
            values[stays] = min(values[x], most)
        return values
