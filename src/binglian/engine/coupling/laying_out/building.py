"""The market: what is left to couple, as arrays."""

import numpy as np

from binglian.engine.coupling.market import Market
from binglian.engine.coupling.problem import CouplingProblem

from .arrays import packed, starts
from .needed_slots import overrides, slot_lists
from .rows import Rows
from .suppliers import Suppliers
from .usable import usable_pairs

LEAN = 1e-5  # points that a perfect fit of a whole need weighs, beside the first aim


def market_of(problem: CouplingProblem) -> Market:
    """Set commitments aside, match parts with pairs that carry something, keep what can be met."""
    rows = Rows(problem)
    suppliers = Suppliers(rows)
    pairs = problem.pairs
    part = rows.component_start[pairs.need] + pairs.component
    usable, least, most = usable_pairs(rows, suppliers, part)
    arc_pair = np.flatnonzero(usable)
    arc_pair = arc_pair[np.argsort(part[arc_pair], kind="stable")]
    part = part[arc_pair]
    open_part = np.zeros(len(rows.asked), dtype=bool)
    open_part[part] = True
    open_need = np.zeros(len(problem.needs), dtype=bool)
    open_need[rows.part_need[open_part]] = True
    need_row = np.flatnonzero(open_need).astype(np.int32)
    need_number = np.cumsum(open_need) - 1
    part_number = np.cumsum(open_part) - 1
    part_row = np.flatnonzero(open_part)
    offer = pairs.offer[arc_pair]
    whole = rows.whole[need_row]
    slot_start, slot, forced = slot_lists(rows, need_row, arc_pair)
    return Market(
        problem=problem,
        base=float(rows.base),
        capacity=rows.capacity,
        offer_resource=rows.offer_resource,
        renews=rows.renews,
        available=packed(rows.available),
        effort=rows.effort,
        effort_resource=rows.effort_resource,
        price=rows.price,
        setup_price=rows.setup_price,
        organisation=rows.organisation,
        need_row=need_row,
        worth=rows.weight[need_row] * whole,
        whole=whole,
        times=rows.times[need_row],
        consecutive=np.array(
            [problem.needs[n].consecutive for n in need_row.tolist()], dtype=np.uint8
        ),
        suppliers_left=suppliers.limit[need_row],
        few_organisations=suppliers.few_organisations()[need_row],
        payer=np.array(
            [rows.payers.get(problem.needs[n].budget or "", -1) for n in need_row.tolist()],
            dtype=np.int64,
        ),
        part_start=starts(np.bincount(need_number[rows.part_need[part_row]])),
        slot_start=slot_start,
        slot=slot,
        forced=forced,
        **overrides(rows, need_row, part_number, open_part),
        part_need=need_number[rows.part_need[part_row]].astype(np.int32),
        part_component=(part_row - rows.component_start[rows.part_need[part_row]]).astype(np.int32),
        wanted=rows.wanted[part_row],
        gain=np.where(
            rows.whole[rows.part_need[part_row]],
            0.0,
            rows.weight[rows.part_need[part_row]] * rows.unit_share[part_row],
        ),
        part_suppliers_left=suppliers.part_limit[part_row],
        few=suppliers.few()[part_row],
        arc_start=starts(np.bincount(part_number[part])),
        arc_part=part_number[part].astype(np.int32),
        arc_pair=arc_pair,
        arc_offer=offer,
        least=least[arc_pair],
        most=most[arc_pair],
        use=pairs.use[arc_pair],
        value=pairs.value[arc_pair],
        fixed=pairs.fixed[arc_pair]
        - np.array([o.setup_cost for o in problem.offers], dtype=float)[offer],
        lean=LEAN * pairs.fit[arc_pair].astype(float) * rows.unit_share[part],
        known=suppliers.known(arc_pair),
    )
