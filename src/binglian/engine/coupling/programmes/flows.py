"""The flows open to some needs: arcs in slots that can carry something of what is left.

A **cell** is a part in a slot. Cells are numbered need by need, slot by slot, part by part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Ints

from .matrix import Flags, spread


@dataclass(frozen=True, eq=False)
class Cells:
    """Parts in slots. ``time`` numbers (need, slot), need by need."""

    need: Ints  # place in the list of needs asked about
    part: Ints
    time: Ints
    wanted: Ints
    time_start: Ints  # needs + 1
    time_slot: Ints  # per time
    alive: Flags  # per time: the need can be met then


@dataclass(frozen=True, eq=False)
class Flows:
    """Arcs in slots, sorted by cell; quantities between ``least`` and ``most``, or 0."""

    arc: Ints
    slot: Ints
    cell: Ints
    organisation: Ints
    least: Ints
    most: Ints
    alone: Flags  # carries its whole cell or nothing

    def chosen(self, rows: Flags) -> "Flows":
        """Return only these flows."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})


@dataclass(frozen=True, eq=False)
class Takings:
    """What flows take of resources: entries (flow, resource), per unit and per supply begun."""

    flow: Ints
    resource: Ints
    per_unit: Ints
    begun: Ints

    def at_most(self, flows: Flows, resources: int) -> Floats:
        """Return what all flows together could take of every resource."""
        taken = self.per_unit * flows.most[self.flow] + self.begun
        return np.bincount(self.resource, weights=taken, minlength=resources).astype(float)


def open_flows(
    market: Market, needs: Sequence[int], left: Ints, arcs: Flags | None = None
) -> tuple[Flows, Cells]:
    """Return the flows that some sound answer for ``needs`` could use, and their cells.

    Only through ``arcs``, if given.
    """
    asked = np.asarray(needs, dtype=np.int64)
    cells = _cells(market, asked)
    flows = _flows(market, asked, cells, left)
    if arcs is not None:
        flows = flows.chosen(arcs[flows.arc])
    flows = _alone(market, asked, flows, cells)
    alive = _times_alive(market, asked, flows, cells)
    flows = flows.chosen(alive[cells.time[flows.cell]])
    return flows, replace(cells, alive=alive)


def _cells(market: Market, asked: Ints) -> Cells:
    time_need, at = spread(market.slot_start[asked], market.slot_start[asked + 1])
    first_part = market.part_start[asked]
    parts = market.part_start[asked + 1] - first_part
    cell_time, part = spread(first_part[time_need], (first_part + parts)[time_need])
    slot = market.slot[at].astype(np.int64)
    cells = Cells(
        need=time_need[cell_time],
        part=part,
        time=cell_time,
        wanted=market.wanted[part].copy(),
        time_start=np.searchsorted(time_need, np.arange(len(asked) + 1)),
        time_slot=slot,
        alive=np.ones(len(slot), dtype=bool),
    )
    _override(market, asked, cells)
    return cells


def _override(market: Market, asked: Ints, cells: Cells) -> None:
    starts = market.override_start
    for i in np.flatnonzero(starts[asked + 1] > starts[asked]).tolist():
        for row in range(starts[asked[i]], starts[asked[i] + 1]):
            part, slot = market.override_part[row], market.override_slot[row]
            mine = (cells.need == i) & (cells.part == part) & (cells.time_slot[cells.time] == slot)
            cells.wanted[mine] = market.override_wanted[row]


def _flows(market: Market, asked: Ints, cells: Cells, left: Ints) -> Flows:
    cell, arc = spread(market.arc_start[cells.part], market.arc_start[cells.part + 1])
    offer = market.arc_offer[arc].astype(np.int64)
    slot = cells.time_slot[cells.time[cell]]
    there = market.available[offer, slot >> 6] >> (slot & 63).astype(np.uint64) & np.uint64(1)
    use = market.use[arc]
    most = np.minimum(cells.wanted[cell], market.most[arc])
    room = left[market.offer_resource[offer] + market.renews[offer] * slot]
    most = np.minimum(most, room // use)
    source = market.effort_resource[offer]
    limited = (source >= 0) & (market.effort[offer] > 0)
    effort = np.maximum(1, market.effort[offer] * use)
    most = np.where(limited, np.minimum(most, left[source] // effort), most)
    payer = market.payer[asked][cells.need[cell]]
    money = left[payer] - market.setup_price[offer]
    price = market.price[offer] * use
    affordable = np.where(price > 0, money // np.maximum(1, price), most)
    most = np.where(payer >= 0, np.where(money >= 0, np.minimum(most, affordable), 0), most)
    can = (there > 0) & (most >= market.least[arc])
    return Flows(
        arc=arc,
        slot=slot,
        cell=cell,
        organisation=market.organisation[offer].astype(np.int64),
        least=market.least[arc],
        most=most,
        alone=np.zeros(len(arc), dtype=bool),
    ).chosen(can)


def _alone(market: Market, asked: Ints, flows: Flows, cells: Cells) -> Flows:
    """Drop organisations that cannot do alone what one alone must do."""
    one_only = (market.few[cells.part] == 1) & (market.whole[asked][cells.need] > 0)
    if not one_only.any():
        return flows
    width = len(market.organisation) + 1
    key = flows.cell * width + flows.organisation
    _, group, size = np.unique(key, return_inverse=True, return_counts=True)
    able = np.bincount(group, weights=flows.most)[group] >= cells.wanted[flows.cell]
    bound = one_only[flows.cell]
    flows = replace(flows, alone=bound & (size[group] == 1))
    flows = replace(flows, least=np.where(flows.alone, cells.wanted[flows.cell], flows.least))
    return flows.chosen(~bound | able)


def _times_alive(market: Market, asked: Ints, flows: Flows, cells: Cells) -> Flags:
    """Tell in which slots each need can be met: whole needs completely, others at all."""
    reach = np.bincount(flows.cell, weights=flows.most, minlength=len(cells.part))
    times = len(cells.time_slot)
    short = np.bincount(cells.time, weights=reach < cells.wanted, minlength=times) > 0
    fed = np.bincount(cells.time, weights=reach > 0, minlength=times) > 0
    time_need = np.repeat(np.arange(len(asked)), np.diff(cells.time_start))
    whole = market.whole[asked][time_need] > 0
    rank = np.arange(times) - cells.time_start[time_need]
    forced = rank < market.forced[asked][time_need]
    alive = np.where(whole, ~short, fed) & (forced | (market.times[asked][time_need] > 0))
    lost = np.bincount(time_need, weights=whole & forced & ~alive, minlength=len(asked)) > 0
    free = np.bincount(time_need, weights=alive & ~forced, minlength=len(asked))
    lost |= (market.whole[asked] > 0) & (free < market.times[asked])
    lost |= np.bincount(time_need, weights=alive & fed, minlength=len(asked)) == 0
    return np.asarray(alive & ~lost[time_need], dtype=bool)


def takings(market: Market, asked: Ints, flows: Flows, cells: Cells) -> Takings:
    """Return what each flow takes of offers, effort and budgets."""
    offer = market.arc_offer[flows.arc].astype(np.int64)
    use = market.use[flows.arc]
    every = np.arange(len(use))
    nothing = np.zeros(len(use), dtype=np.int64)
    rows = [(every, market.offer_resource[offer] + market.renews[offer] * flows.slot, use, nothing)]
    source = market.effort_resource[offer]
    rows.append((every, source, market.effort[offer] * use, nothing))
    payer = market.payer[asked][cells.need[flows.cell]]
    rows.append((every, payer, market.price[offer] * use, market.setup_price[offer]))
    flow, resource, per_unit, begun = (np.concatenate(column) for column in zip(*rows, strict=True))
    real = (resource >= 0) & ((per_unit > 0) | (begun > 0))
    return Takings(flow[real], resource[real], per_unit[real], begun[real])
