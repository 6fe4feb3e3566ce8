"""What an answer is worth, counted without the solver."""

from fractions import Fraction

import numpy as np

from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.problem import CouplingProblem

from .tables import Counts, Lines, SlotTally, Tables, Tally, Truths, product

#: Binary digits kept after the point while adding up.
DIGITS = 192


def exact_tiers(problem: CouplingProblem, supplies: Supplies) -> tuple[float, float, float]:
    """Return (served, fit, crowding) as ``result.Tiers`` defines them.

    Each is the exact value rounded once, to the nearest float: answers worth the same count the
    same, whatever the order of their rows.
    """
    tables = Tables(problem)
    new = tables.new(supplies)
    return (
        _rounded(_served(tables, new, supplies)),
        _rounded(_fit(tables, new, supplies)),
        _rounded(_crowding(tables, new)),
    )


def objective_of(problem: CouplingProblem, supplies: Supplies) -> float:
    """Return the first aim, the exact value rounded once to the nearest float."""
    tables = Tables(problem)
    return _rounded(_served(tables, tables.new(supplies), supplies))


def shares_served(problem: CouplingProblem, supplies: Supplies) -> Floats:
    """Return the share of every need that commitments and supplies serve, 0 to 1."""
    tables = Tables(problem)
    new = tables.new(supplies)
    got, full = _received(tables, new), product(tables.asked, tables.times[tables.part_need])
    parts = np.minimum(got, full) / full
    means = np.array([])
    if len(parts):
        first = tables.first_part[:-1]
        means = np.add.reduceat(parts.astype(np.float64), first) / np.diff(tables.first_part)
    return np.where(tables.whole, complete(tables, new), means)


def share_served(problem: CouplingProblem, supplies: Supplies, need: int) -> Fraction:
    """Return exactly the share of one need that commitments and supplies serve, 0 to 1."""
    tables = Tables(problem)
    new = tables.new(supplies)
    if tables.whole[need]:
        return Fraction(bool(complete(tables, new)[need]))
    got = _received(tables, new)
    parts = range(tables.first_part[need], tables.first_part[need + 1])
    asked = [int(tables.asked[p]) * int(tables.times[need]) for p in parts]
    shares = (Fraction(min(int(got[p]), most), most) for p, most in zip(parts, asked, strict=True))
    return sum(shares, Fraction(0)) / len(parts)


def complete(tables: Tables, new: Lines) -> Truths:
    """Return for every need whether each of its times brings every part in full.

    Commitments without a slot that cover everything by themselves do so at every time.
    """
    needs = len(tables.problem.needs)
    if not needs:
        return np.zeros(0, dtype=np.bool_)
    received = received_at(tables, new)
    parts = np.arange(len(tables.asked))
    always = received.always.of(parts) >= tables.asked
    covered = np.logical_and.reduceat(always, tables.first_part[:-1])
    used = used_slots(tables, new)
    need, slot = used // tables.slots, used % tables.slots
    part, row = parts_of(tables, need)
    short = received.of(part, slot[row]) < tables.asked[part]
    full = np.ones(len(used), dtype=np.bool_)
    full[row[short]] = False
    return covered | (np.bincount(need[full], minlength=needs) >= tables.times)


def received_at(tables: Tables, new: Lines) -> SlotTally:
    """Return what every part receives in every slot, new and kept."""
    kept = tables.kept
    return SlotTally(
        tables.slots,
        np.concatenate((new.part, kept.part)),
        np.concatenate((new.slot, kept.slot)),
        np.concatenate((new.received, kept.received)),
    )


def used_slots(tables: Tables, new: Lines) -> Ints:
    """Return need × slots + slot for every slot in which a need is given something, sorted."""
    return np.union1d(new.need * tables.slots + new.slot, kept_slots(tables))


def kept_slots(tables: Tables) -> Ints:
    """Return need × slots + slot for every slot in which a commitment is kept, sorted."""
    kept = tables.kept
    fixed = kept.slot >= 0
    return np.unique(kept.need[fixed] * tables.slots + kept.slot[fixed])


def parts_of(tables: Tables, needs: Ints) -> tuple[Ints, Ints]:
    """Return the parts of the needs listed, and beside each the row it comes from."""
    counts = np.diff(tables.first_part)[needs]
    row = np.repeat(np.arange(len(needs)), counts)
    before = np.cumsum(counts) - counts
    return tables.first_part[needs][row] + np.arange(len(row)) - before[row], row


def _received(tables: Tables, new: Lines) -> Counts:
    """Return what every part receives, all times together; at each, no more than asked counts."""
    received, used = received_at(tables, new), used_slots(tables, new)
    part, row = parts_of(tables, used // tables.slots)
    at_once = np.minimum(received.of(part, (used % tables.slots)[row]), tables.asked[part])
    parts = np.arange(len(tables.asked))
    open_times = tables.times - np.bincount(used // tables.slots, minlength=len(tables.times))
    always = np.minimum(received.always.of(parts), tables.asked)
    rest = product(always, np.maximum(0, open_times)[tables.part_need])
    return Tally(part, at_once).of(parts) + rest


def _served(tables: Tables, new: Lines, supplies: Supplies) -> int:
    done = np.flatnonzero(tables.whole & complete(tables, new))
    total = sum(map(_fixed, tables.weight[done].tolist()))
    part = np.flatnonzero(~tables.whole[tables.part_need])
    need, asked = tables.part_need[part], tables.asked[part]
    most = product(asked, tables.times[need])
    got = np.minimum(_received(tables, new)[part], most)
    some = got > 0
    rows = zip(
        tables.weight[need[some]].tolist(),
        got[some].tolist(),
        tables.full[part[some]].tolist(),
        strict=True,
    )
    return total + sum(_fixed(w, n, d) for w, n, d in rows) + _extras(tables, new, supplies)


def _extras(tables: Tables, new: Lines, supplies: Supplies) -> int:
    """Return what supplies add or cost by themselves: values, ties kept, setting up."""
    pairs, offers = tables.problem.pairs, tables.problem.offers
    value, fixed = pairs.value[supplies.pair], pairs.fixed[supplies.pair]
    total = sum(map(_fixed, fixed[fixed != 0].tolist()))
    worth = value != 0
    rows = zip(value[worth].tolist(), new.received[worth].tolist(), strict=True)
    total += sum(_fixed(v, x) for v, x in rows)
    costs = {o: offer.setup_cost for o, offer in enumerate(offers) if offer.setup_cost}
    begun = Tally(new.offer, np.ones_like(new.offer)).of(np.array([*costs], dtype=np.int64))
    rows = zip(costs.values(), begun.tolist(), strict=True)
    return total - sum(_fixed(cost, n) for cost, n in rows)


def _fit(tables: Tables, new: Lines, supplies: Supplies) -> int:
    fit = tables.problem.pairs.fit[supplies.pair].astype(np.float64)
    points = product(np.rint(1000 * fit).astype(np.int64), new.received)
    shares = Tally(tables.full[new.part], points)
    rows = zip(shares.sums.tolist(), shares.keys.tolist(), strict=True)
    return sum(_fixed(1.0, n, 1000 * d) for n, d in rows)


def _crowding(tables: Tables, new: Lines) -> int:
    kept = tables.kept
    offer = np.concatenate((new.offer, kept.offer))
    part = np.concatenate((new.part, kept.part))
    amount = np.concatenate((new.received, product(kept.received, kept.times)))
    sizes, size = np.unique(tables.full[part], return_inverse=True)
    carried = Tally(tables.organisation[offer] * max(1, len(sizes)) + size, amount)
    loads: dict[int, int] = {}
    for key, load in zip(carried.keys.tolist(), carried.sums.tolist(), strict=True):
        organisation, row = divmod(key, len(sizes))
        share = _fixed(1.0, load, int(sizes[row]))
        loads[organisation] = loads.get(organisation, 0) + share
    return sum(map(_cost_of_load, loads.values()))


def _cost_of_load(load: int) -> int:
    """Return the cost of a load: the first need costs 0, the second 1, the third 2."""
    whole = load >> DIGITS
    return (whole * (whole - 1) // 2 << DIGITS) + (load - (whole << DIGITS)) * whole


def _fixed(factor: float, count: int = 1, over: int = 1) -> int:
    """Return factor × count / over with ``DIGITS`` binary digits after the point."""
    above, below = factor.as_integer_ratio()
    return (above * count << DIGITS) // (below * over)


def _rounded(total: int) -> float:
    return total / (1 << DIGITS)
