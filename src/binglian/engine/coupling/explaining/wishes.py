"""The one more offer that would help the alliance most.

What unmet needs lack is gathered by kind, unit, tag, time and place; each gathering is one
imagined offer. A quick count ranks them; the best are tried in earnest by filling needs from what
is left and the imagined offer, which proves "at least so many"; on short lists the problem is
solved again with the offer, which makes the sentence a fact.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from binglian.engine.coupling.candidates.finding import distance_km, why_not
from binglian.engine.coupling.judge.feasibility import shares_served
from binglian.engine.coupling.problem import (
    Component,
    CouplingProblem,
    Need,
    Offer,
    Window,
    weight_of,
)
from binglian.engine.coupling.result import CouplingResult, Status
from binglian.engine.coupling.what_if import Solve, with_offer
from binglian.engine.coupling.windows import shared_time

from .fill import fill
from .gaps import Spot, gaps_of, spots
from .leftover import Leftover
from .trial import Terms
from .wording import (
    Language,
    amount,
    kind_in_words,
    points_in_words,
    quoted,
    slots_in_words,
    some_of,
    windows_in_words,
)

#: Kinds whose English name is a plural.
COUNTED = ("funds", "materials", "seats", "volunteers")
#: Problems of up to so many offers and needs are solved again for each wish.
MOST_ROWS_SOLVED = 300
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Wish:
    """An offer nobody makes yet, and what it would bring.

    ``offer`` says kind, tags, quantity, unit, times and a place; anywhere within ``radius_km`` of
    that place, which is that of need ``near``, will do (None: anywhere). ``slots``: when it is
    wanted (empty: see ``offer.windows``). ``needs``: those then met that were not before, the
    weightiest first; ``partly``: those that would get more; ``lost``: those given up for others.
    ``gain`` is in points. Unless ``is_exact``, needs and gain are the least it would bring.
    """

    offer: Offer
    slots: tuple[int, ...]
    radius_km: float | None
    near: int | None
    needs: tuple[int, ...]
    partly: tuple[int, ...]
    gain: float
    lost: tuple[int, ...] = ()
    is_exact: bool = False


def most_wanted(
    problem: CouplingProblem,
    result: CouplingResult,
    *,
    most: int = 5,
    solve: Solve | None = None,
) -> tuple[Wish, ...]:
    """Return the ``most`` helpful wishes, by gain and then smallness.

    With ``solve``, a proven answer of a short list is compared with that of the list with the
    wish added. Of very long lists only the weightiest unmet needs are looked at.
    """
    now = Leftover(problem).after(result.supplies)
    gaps = gaps_of(now)
    tried = [_tried(now, spot) for spot in spots(now, gaps)]
    wishes = _merged([wish for wish in tried if wish is not None])
    rows = len(problem.offers) + len(problem.needs)
    if solve is not None and rows <= MOST_ROWS_SOLVED and result.status is Status.OPTIMAL:
        checked = [_checked(problem, result, wish, solve) for wish in wishes[:most]]
        wishes = _merged(checked)
    return tuple(wishes[:most])


def _tried(now: Leftover, spot: Spot) -> Wish | None:
    """Fill needs from what is left and the imagined offer; None if it earns nothing."""
    left, needs = now.fork(), now.problem.needs
    ends = {(gap.need, c): None for gap in spot.gaps for c in gap.components}
    guest = left.invite(
        spot.offer,
        [end for end in ends if not why_not(spot.offer, *_asked(needs, end))],
    )
    used: dict[int, int] = defaultdict(int)
    met: list[int] = []
    partly: list[int] = []
    gain = 0.0
    for n in dict.fromkeys(gap.need for gap in spot.gaps):
        filled = fill(left, n, Terms(picky=True))
        sent = [(t, quantity) for choice, _, t, quantity in filled.rows if choice.offer == guest]
        worth = filled.worth - filled.cost
        is_some = filled.is_complete or not needs[n].all_or_nothing
        if sent and worth > 0 and is_some:
            left.give(n, filled.rows)
            gain += worth
            (met if filled.is_complete else partly).append(n)
            for t, quantity in sent:
                used[t] += quantity
    if not used:
        return None
    offer, near, radius = _no_more_than_used(now.problem, spot, used, [*met, *partly])
    slots = tuple(sorted(used)) if now.problem.slots else ()
    helped = _weightiest(needs, met), _weightiest(needs, partly)
    return Wish(offer, slots, radius, near, *helped, gain)


def _asked(needs: tuple[Need, ...], end: tuple[int, int]) -> tuple[Need, Component]:
    n, c = end
    return needs[n], needs[n].components[c]


def _weightiest(needs: tuple[Need, ...], listed: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(listed, key=lambda n: (-weight_of(needs[n]), n)))


def _no_more_than_used(
    problem: CouplingProblem, spot: Spot, used: dict[int, int], helped: list[int]
) -> tuple[Offer, int | None, float | None]:
    """Return the offer asked for, the need it is near to, and how near in km."""
    offer, needs = spot.offer, problem.needs
    quantity = max(used.values()) if offer.renews else sum(used.values())
    windows = tuple(problem.slots[t] for t in sorted(used)) if problem.slots else offer.windows
    if not problem.slots and not windows:
        windows = _common_time([needs[n] for n in helped])
    is_tagged = any(gap.tags for gap in spot.gaps if gap.need in helped)
    tags = offer.tags if is_tagged else frozenset[str]()
    offer = replace(offer, ref="", quantity=quantity, windows=windows, tags=tags)
    bound = [n for n in helped if needs[n].within_km is not None and needs[n].latitude is not None]
    if not bound:
        return replace(offer, longitude=None, latitude=None), None, None
    places = [n for n in (*bound, spot.near) if n is not None]
    near = max(dict.fromkeys(places), key=lambda n: _radius(needs[n], [needs[m] for m in bound]))
    offer = replace(offer, longitude=needs[near].longitude, latitude=needs[near].latitude)
    return offer, near, max(0.0, _radius(needs[near], [needs[m] for m in bound]))


def _radius(centre: Need, needs: list[Need]) -> float:
    """Return how far from the centre, in km, an offer is still near enough to all needs."""
    here = Offer("", "", "", "place", 0, longitude=centre.longitude, latitude=centre.latitude)
    return min((need.within_km or 0.0) - (distance_km(here, need) or 0.0) for need in needs)


def _common_time(needs: list[Need]) -> tuple[Window, ...]:
    """Return a time that suits all these needs; none if any time does, or only all times."""
    common: tuple[Window, ...] = ()
    for need in needs:
        if need.windows:
            window = shared_time(common, need.windows, need.deadline)
            if window is None:
                return ()
            common = (window,)
    return common


def _checked(problem: CouplingProblem, result: CouplingResult, wish: Wish, solve: Solve) -> Wish:
    """Solve again with the offer: what the wish truly brings."""
    within_reach = [n for n, need in enumerate(problem.needs) if _is_reached(wish, need)]
    longer = with_offer(problem, wish.offer, only=within_reach)
    found = solve(longer, warm_start=result.supplies)
    gain = found.objective - result.objective
    if gain < wish.gain - 1e-6:
        return wish
    before = shares_served(problem, result.supplies).tolist()
    after = shares_served(longer, found.supplies).tolist()
    met = [n for n, share in enumerate(after) if share == 1 > before[n]]
    lost = [n for n, share in enumerate(before) if share == 1 > after[n]]
    partly = [n for n, share in enumerate(after) if before[n] < share < 1]
    return replace(
        wish,
        needs=_weightiest(problem.needs, met),
        partly=_weightiest(problem.needs, partly),
        lost=_weightiest(problem.needs, lost),
        gain=gain,
        is_exact=found.status is Status.OPTIMAL,
    )


def _is_reached(wish: Wish, need: Need) -> bool:
    """Tell whether the offer is near enough to the need wherever the wish allows it to be."""
    if need.within_km is None or need.latitude is None:
        return True
    distance = distance_km(wish.offer, need)
    if distance is None or wish.radius_km is None:
        return False
    return distance + wish.radius_km <= need.within_km + 1e-9


def _merged(wishes: list[Wish]) -> list[Wish]:
    """Rank by gain, then smallness; drop wishes of a kind for much the same needs."""
    kept: list[Wish] = []
    for wish in sorted(wishes, key=_rank):
        if not any(_much_the_same(wish, other) for other in kept):
            kept.append(wish)
    return kept


def _much_the_same(one: Wish, other: Wish) -> bool:
    mine, theirs = {*one.needs, *one.partly}, {*other.needs, *other.partly}
    shared = len(mine & theirs)
    return one.offer.kind == other.offer.kind and shared >= _OVERLAP * min(len(mine), len(theirs))


def _rank(wish: Wish) -> tuple[float, int, int, str]:
    extent = len(wish.slots) or len(wish.offer.windows)
    return -round(wish.gain, 6), wish.offer.quantity, extent, str(sorted(wish.offer.tags))


def wish_sentence(problem: CouplingProblem, wish: Wish, language: Language) -> str:
    """Return what is wanted and what it would bring, in one sentence."""
    brings = _brings(problem, wish, language)
    return (
        f"{_wanted_zh(problem, wish)}，{brings}。"
        if language == "zh"
        else (f"{_wanted_en(problem, wish)} {brings}.")
    )


def _wanted_zh(problem: CouplingProblem, wish: Wish) -> str:
    offer = wish.offer
    where = _where(problem, wish, "zh")
    limits = [limit for limit in (_when(problem, wish, "zh"), where) if limit]
    tags = f"带{quoted(sorted(offer.tags), 'zh')}标签的" if offer.tags else ""
    each = "每次 " if offer.renews and len(wish.slots) > 1 else ""
    quantity = amount(problem, offer.quantity, offer.unit, "zh")
    return f"{'、'.join(limits)}再有{tags}{kind_in_words(offer.kind, 'zh')} {each}{quantity}"


def _wanted_en(problem: CouplingProblem, wish: Wish) -> str:
    offer, kind = wish.offer, kind_in_words(wish.offer.kind, "en")
    quantity = amount(problem, offer.quantity, offer.unit, "en")
    is_counted = offer.kind in COUNTED and not offer.unit
    words = [f"{quantity} more {kind}" if is_counted else f"{quantity} more of {kind}"]
    words += [f"tagged {quoted(sorted(offer.tags), 'en')}"] if offer.tags else []
    words += ["each time"] if offer.renews and len(wish.slots) > 1 else []
    when = _when(problem, wish, "en")
    words += [f"free {when}"] if when else []
    return " ".join([*words, _where(problem, wish, "en")]).strip()


def _when(problem: CouplingProblem, wish: Wish, language: Language) -> str:
    if wish.slots:
        return slots_in_words([problem.slots[t] for t in wish.slots], language)
    helped = (problem.needs[n] for n in (*wish.needs, *wish.partly))
    if not wish.offer.windows and any(need.windows for need in helped):
        return "随时可用" if language == "zh" else "at any time"
    return windows_in_words(wish.offer.windows, language)


def _where(problem: CouplingProblem, wish: Wish, language: Language) -> str:
    if wish.near is None or wish.radius_km is None:
        return ""
    place = quoted([problem.needs[wish.near].organisation], language)
    metres = int(10 * wish.radius_km + 1e-6)  # in hundreds, rounded down
    if not metres:
        return f"就在{place}" if language == "zh" else f"at {place}"
    km = f"{metres / 10:g}"
    return f"距{place}{km} 公里内" if language == "zh" else f"within {km} km of {place}"


def _brings(problem: CouplingProblem, wish: Wish, language: Language) -> str:
    zh, gained = language == "zh", points_in_words(wish.gain, language)
    names = [
        f"{problem.needs[n].organisation} {problem.needs[n].title}".strip() for n in wish.needs
    ]
    least = "" if wish.is_exact else ("至少" if zh else "at least ")
    met, lost = len(wish.needs), len(wish.lost)
    if met <= lost:
        return f"{least}可多得 {gained}" if zh else f"would bring {least}{gained}"
    if zh:
        less = f"、少满足 {lost} 项" if lost else ""
        return f"{least}可多满足 {met} 项需求{less}（{gained}）：{some_of(names, language)}"
    more = f"{met} more need{'s' if met > 1 else ''}"
    less = f" and give up {lost}" if lost else ""
    return f"would meet {least}{more}{less} ({gained}): {some_of(names, language)}"
