"""The best answer to a small problem by trying every one: slow, plain, and on its own.

It reads the rules once more, without the judge and without numpy, so that both may be compared.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from binglian.engine.coupling.candidates.fitting import why_not
from binglian.engine.coupling.problem import CouplingProblem, Kept, weight_of
from binglian.engine.coupling.windows import shared_time

Row = tuple[int, int, int]  # pair, slot, quantity
Use = tuple[tuple[object, int], ...]  # what of which resource, sorted


def best_by_trying_everything(problem: CouplingProblem) -> tuple[float, float]:
    """Return the best (served, fit) over all sound answers."""
    served, fit = max(best for best, _ in _answers(problem))
    return float(served), float(fit)


def is_sound(problem: CouplingProblem, rows: list[Row]) -> bool:
    """Tell whether (pair, slot, quantity) rows, each of them well-formed, keep every rule."""
    mine = {n: [row for row in rows if _pair(problem, row).need == n] for n in _needs(problem)}
    return all(_suits(problem, n, mine[n]) for n in mine) and _fits_in(
        problem, _added(*(_use_of(problem, n, mine[n]) for n in mine))
    )


def served_and_fit(problem: CouplingProblem, rows: list[Row]) -> tuple[Fraction, Fraction]:
    """Return the first two aims."""
    mine = {n: [row for row in rows if _pair(problem, row).need == n] for n in _needs(problem)}
    worths = [_worth(problem, n, mine[n]) for n in mine]
    return sum((w for w, _ in worths), Fraction(0)), sum((f for _, f in worths), Fraction(0))


def _answers(problem: CouplingProblem) -> list[tuple[tuple[Fraction, Fraction], Use]]:
    """Return what is best for every combined use of the resources."""
    best: dict[Use, tuple[Fraction, Fraction]] = {(): (Fraction(0), Fraction(0))}
    for n in _needs(problem):
        mine: dict[Use, tuple[Fraction, Fraction]] = {}
        for rows in _sound_rows(problem, n):
            use, worth = _use_of(problem, n, rows), _worth(problem, n, rows)
            mine[use] = max(worth, mine.get(use, worth))
        together: dict[Use, tuple[Fraction, Fraction]] = {}
        for (use, (served, fit)), (more, (gain, match)) in product(best.items(), mine.items()):
            total = _added(use, more)
            if _fits_in(problem, total):
                worth = (served + gain, fit + match)
                together[total] = max(worth, together.get(total, worth))
        best = together
    return [(worth, use) for use, worth in best.items()]


def _sound_rows(problem: CouplingProblem, n: int) -> Iterator[list[Row]]:
    """Yield every answer to one need that keeps the rules about it alone."""
    per_slot = [list(_in_slot(problem, n, t)) for t in range(problem.slot_count)]
    for chosen in product(*per_slot):
        if sum(map(bool, chosen)) <= problem.needs[n].times:
            rows = [row for slot in chosen for row in slot]
            if _suits(problem, n, rows) and _fits_in(problem, _use_of(problem, n, rows)):
                yield rows


def _in_slot(problem: CouplingProblem, n: int, t: int) -> Iterator[list[Row]]:
    pairs = [p for p, pair in enumerate(problem.pairs) if pair.need == n]
    parts = problem.needs[n].components
    ranges = [range(parts[problem.pairs[p].component].quantity + 1) for p in pairs]
    for quantities in product(*ranges):
        rows = [(p, t, x) for p, x in zip(pairs, quantities, strict=True) if x]
        sent = {problem.pairs[p].component for p, _, _ in rows}
        within = (_received(problem, n, c, t, rows) <= parts[c].quantity for c in sent)
        if not rows or all(within):
            yield rows


def _suits(problem: CouplingProblem, n: int, rows: list[Row]) -> bool:
    """Tell whether new rows for need ``n`` keep the rules that concern no other need."""
    if not rows:
        return True
    need, parts = problem.needs[n], range(len(problem.needs[n].components))
    used = {t for _, t, _ in rows} | {k.slot for k in _kept(problem, n) if k.slot is not None}
    for row in rows:
        pair, t = _pair(problem, row), row[1]
        offer, component = problem.offers[pair.offer], need.components[pair.component]
        if why_not(offer, need, component):
            return False
        if problem.slots:
            slot = (problem.slots[t],)
            if not shared_time(slot, offer.windows, None):
                return False
            if not shared_time(slot, need.windows, need.deadline):
                return False
        before = sum(
            _use(problem, k) * k.quantity
            for k in _kept(problem, n)
            if (k.offer, k.component) == (pair.offer, pair.component)
        )
        if pair.use * row[2] + before < offer.lot:
            return False
    if len(used) > need.times or (need.consecutive and max(used) - min(used) >= need.times):
        return False
    for t in {t for _, t, _ in rows}:
        for c in parts:
            at = [row for row in rows if row[1] == t and _pair(problem, row).component == c]
            if at and _received(problem, n, c, t, rows) > need.components[c].quantity:
                return False
            known = {_giver(problem, k) for k in _kept(problem, n) if k.component == c}
            if _too_many(problem, known, at, need.components[c].max_suppliers):
                return False
    if need.all_or_nothing:
        full = [_received(problem, n, c, t, rows) >= need.components[c].quantity
                for t in used for c in parts]  # fmt: skip
        if len(used) != need.times or not all(full):
            return False
    known = {_giver(problem, k) for k in _kept(problem, n)}
    return not _too_many(problem, known, rows, need.max_suppliers)


def _too_many(
    problem: CouplingProblem, known: set[str], rows: list[Row], limit: int | None
) -> bool:
    givers = {problem.offers[_pair(problem, row).offer].organisation for row in rows}
    joining = givers - known
    return limit is not None and bool(joining) and len(known | joining) > limit


def _received(problem: CouplingProblem, n: int, c: int, t: int, rows: list[Row]) -> int:
    kept = [k.quantity for k in _kept(problem, n) if k.component == c and k.slot in (None, t)]
    new = [row[2] for row in rows if row[1] == t and _pair(problem, row).component == c]
    return sum(kept) + sum(new)


def _worth(problem: CouplingProblem, n: int, rows: list[Row]) -> tuple[Fraction, Fraction]:
    need, kept = problem.needs[n], _kept(problem, n)
    parts = need.components
    used = {t for _, t, _ in rows} | {k.slot for k in kept if k.slot is not None}
    always = [sum(k.quantity for k in kept if k.slot is None and k.component == c)
              for c in range(len(parts))]  # fmt: skip
    if need.all_or_nothing:
        full = [all(_received(problem, n, c, t, rows) >= part.quantity
                    for c, part in enumerate(parts)) for t in used]  # fmt: skip
        by_itself = all(a >= part.quantity for a, part in zip(always, parts, strict=True))
        share = Fraction(by_itself or sum(full) >= need.times)
    else:
        totals = [
            sum(min(part.quantity, _received(problem, n, c, t, rows)) for t in used)
            + max(0, need.times - len(used)) * min(part.quantity, always[c])
            for c, part in enumerate(parts)
        ]
        shares = [min(Fraction(1), Fraction(got, part.quantity * need.times))
                  for got, part in zip(totals, parts, strict=True)]  # fmt: skip
        share = sum(shares, Fraction(0)) / len(parts)
    served, fit = Fraction(weight_of(need)) * share, Fraction(0)
    for p, _, x in rows:
        pair = problem.pairs[p]
        served += Fraction(pair.value) * x + Fraction(pair.fixed)
        served -= Fraction(problem.offers[pair.offer].setup_cost)
        part = parts[pair.component].quantity * need.times * len(parts)
        fit += Fraction(round(1000 * pair.fit), 1000) * Fraction(x, part)
    return served, fit


def _use_of(problem: CouplingProblem, n: int, rows: list[Row]) -> Use:
    """Return the units, effort and money that new rows for need ``n`` take."""
    taken: dict[object, int] = {}
    limits = {row.ref for row in problem.organisations}
    payer = problem.needs[n].budget
    for p, t, x in rows:
        pair = problem.pairs[p]
        offer, units = problem.offers[pair.offer], pair.use * x
        bills = {("offer", pair.offer, t if offer.renews else -1): units}
        if offer.organisation in limits:
            bills["effort", offer.organisation] = offer.effort * units
        if payer is not None:
            bills["budget", payer] = offer.price * units + offer.setup_price
        for resource, amount in bills.items():
            taken[resource] = taken.get(resource, 0) + amount
    return _added(tuple(taken.items()))


def _added(*uses: Use) -> Use:
    total: dict[object, int] = {}
    for use in uses:
        for resource, amount in use:
            total[resource] = total.get(resource, 0) + amount
    return tuple(sorted((r, a) for r, a in total.items() if a))


def _fits_in(problem: CouplingProblem, use: Use) -> bool:
    return all(amount <= _left(problem, resource) for resource, amount in use)


def _left(problem: CouplingProblem, resource: object) -> int:
    """Return what commitments leave of an offer, an effort or a budget."""
    match resource:
        case ("offer", int(o), int(t)):
            mine = [k for k in problem.kept if k.offer == o]
            if t >= 0:
                taken = [_use(problem, k) * k.quantity for k in mine if k.slot in (None, t)]
            else:
                taken = [_use(problem, k) * k.quantity * _often(problem, k) for k in mine]
            return problem.offers[o].quantity - sum(taken)
        case ("effort", str(ref)):
            limit = next(row.effort_limit for row in problem.organisations if row.ref == ref)
            spent = [problem.offers[k.offer].effort * _use(problem, k) * k.quantity
                     * _often(problem, k) for k in problem.kept
                     if _giver(problem, k) == ref]  # fmt: skip
            return limit - sum(spent)
        case ("budget", str(ref)):
            amount = next(row.amount for row in problem.budgets if row.ref == ref)
            paid = [problem.offers[k.offer].price * _use(problem, k) * k.quantity
                    * _often(problem, k) for k in problem.kept
                    if problem.needs[k.need].budget == ref]  # fmt: skip
            return amount - sum(paid)
    raise ValueError(resource)


def _needs(problem: CouplingProblem) -> range:
    return range(len(problem.needs))


def _pair(problem: CouplingProblem, row: Row):
    return problem.pairs[row[0]]


def _kept(problem: CouplingProblem, n: int) -> list[Kept]:
    return [k for k in problem.kept if k.need == n]


def _giver(problem: CouplingProblem, kept: Kept) -> str:
    return problem.offers[kept.offer].organisation


def _often(problem: CouplingProblem, kept: Kept) -> int:
    return problem.needs[kept.need].times if kept.slot is None else 1


def _use(problem: CouplingProblem, kept: Kept) -> int:
    ends = (kept.offer, kept.need, kept.component)
    listed = [p.use for p in problem.pairs if (p.offer, p.need, p.component) == ends]
    return listed[0] if listed else 1
