"""The coupling problem: offers, needs made of components, and what was promised before.

Quantities are integers of ``1 / scale`` unit; days are ``date.toordinal()``; minutes count from
midnight; money and effort are whole numbers of the caller's own unit. Everything is frozen and
checks itself: a wrong value raises ``ValueError`` naming it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .pairs import Pair, Pairs, Supplies

__all__ = [
    "Budget",
    "Component",
    "CouplingProblem",
    "Kept",
    "Need",
    "Offer",
    "Organisation",
    "Pair",
    "Pairs",
    "Supplies",
    "Window",
    "weight_of",
]

EVERY_DAY = 0b1111111
MINUTES_A_DAY = 1440


def _require(holds: bool, name: str, problem: str) -> None:
    if not holds:
        raise ValueError(f"{name}: {problem}")


def _words(name: str, given: Iterable[str]) -> frozenset[str]:
    _require(not isinstance(given, str), name, f"expected several words, got the text {given!r}")
    return frozenset(given)


def _check_place(name: str, longitude: float | None, latitude: float | None) -> None:
    _require(
        (longitude is None) == (latitude is None), name, "needs both longitude and latitude or none"
    )
    if longitude is not None and latitude is not None:
        _require(-180 <= longitude <= 180, name, f"longitude {longitude} is not on the map")
        _require(-90 <= latitude <= 90, name, f"latitude {latitude} is not on the map")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time that recurs on some weekdays; bit 0 of ``weekdays`` is Monday."""

    first_day: int | None = None
    last_day: int | None = None
    weekdays: int = EVERY_DAY
    start_minute: int = 0
    end_minute: int = MINUTES_A_DAY

    def __post_init__(self) -> None:
        name = f"Window {self.first_day}~{self.last_day}"
        if self.first_day is not None and self.last_day is not None:
            _require(self.first_day <= self.last_day, name, "ends before it begins")
        _require(0 < self.weekdays <= EVERY_DAY, name, f"weekdays {self.weekdays} is not 1..127")
        _require(
            0 <= self.start_minute < self.end_minute <= MINUTES_A_DAY,
            name,
            f"minutes {self.start_minute}..{self.end_minute} are not within one day",
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What one organisation can give (资源).

    ``quantity`` is there once, or anew in every slot if the offer ``renews`` (a room, a team).
    ``lot`` is the smallest useful supply to one component (multiples are not required);
    ``excludes`` names organisations it does not serve, ``only_for`` the only ones it serves;
    no ``windows`` means at any time. Each unit given takes ``effort`` of its organisation and
    costs the payer ``price``; each supply begun costs ``setup_price`` in money and
    ``setup_cost`` in points of the first aim.
    """

    ref: str
    organisation: str
    title: str
    kind: str
    quantity: int
    tags: frozenset[str] = frozenset()
    unit: str = ""
    lot: int = 1
    windows: tuple[Window, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    conditions: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    only_for: frozenset[str] = frozenset()
    prefers: frozenset[str] = frozenset()
    renews: bool = False
    effort: int = 0
    price: int = 0
    setup_price: int = 0
    setup_cost: float = 0.0
    text: str = ""

    def __post_init__(self) -> None:
        name = f"Offer {self.ref}"
        for field in ("tags", "conditions", "excludes", "only_for", "prefers"):
            object.__setattr__(self, field, _words(f"{name} {field}", getattr(self, field)))
        object.__setattr__(self, "windows", tuple(self.windows))
        _require(bool(self.kind), name, "has no kind")
        _require(self.quantity >= 0, name, f"quantity {self.quantity} is negative")
        _require(self.lot >= 1, name, f"lot {self.lot} is less than 1")
        for field in ("effort", "price", "setup_price", "setup_cost"):
            value = getattr(self, field)
            _require(0 <= value < math.inf, name, f"{field} {value} is not a number of 0 or more")
        _check_place(name, self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a need: so much of one kind, with any of these tags, at each time.

    ``max_suppliers`` limits the distinct organisations that serve this part at one time.
    """

    kind: str
    quantity: int
    title: str = ""
    tags: frozenset[str] = frozenset()
    unit: str = ""
    max_suppliers: int | None = None
    text: str = ""

    def __post_init__(self) -> None:
        name = f"Component {self.title or self.kind}"
        object.__setattr__(self, "tags", _words(f"{name} tags", self.tags))
        _require(bool(self.kind), name, "has no kind")
        _require(self.quantity >= 1, name, f"quantity {self.quantity} is less than 1")
        _check_limit(name, self.max_suppliers)


@dataclass(frozen=True, slots=True)
class Need:
    """What one organisation asks for (需求): a bundle of components.

    ``priority`` is 1 ordinary, 2 important or 3 urgent; ``max_suppliers`` limits the distinct
    organisations over the whole need; ``refuses`` lists conditions of offers it will not take.
    It is met in ``times`` different slots (in a row if ``consecutive``), all its components
    together in each. ``waited`` counts the rounds it went unmet, ``policy`` is the leads' factor
    on its weight; ``weight``, if given, stands instead of the one worked out. ``budget`` names
    who pays what its suppliers charge (None: nobody counts).
    """

    ref: str
    organisation: str
    title: str
    components: tuple[Component, ...]
    priority: int = 1
    beneficiaries: int = 0
    deadline: int | None = None
    windows: tuple[Window, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    within_km: float | None = None
    all_or_nothing: bool = True
    max_suppliers: int | None = None
    prefers: frozenset[str] = frozenset()
    rules_out: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    times: int = 1
    consecutive: bool = False
    weight: float | None = None
    waited: int = 0
    policy: float = 1.0
    budget: str | None = None

    def __post_init__(self) -> None:
        name = f"Need {self.ref}"
        for field in ("prefers", "rules_out", "refuses"):
            object.__setattr__(self, field, _words(f"{name} {field}", getattr(self, field)))
        object.__setattr__(self, "components", tuple(self.components))
        object.__setattr__(self, "windows", tuple(self.windows))
        _require(bool(self.components), name, "has no component")
        _require(self.priority in (1, 2, 3), name, f"priority {self.priority} is not 1, 2 or 3")
        _require(self.beneficiaries >= 0, name, f"{self.beneficiaries} beneficiaries")
        _check_limit(name, self.max_suppliers)
        _require(self.times >= 1, name, f"times {self.times} is less than 1")
        _require(self.waited >= 0, name, f"waited {self.waited} is negative")
        for field in ("weight", "policy"):
            value = getattr(self, field)
            _require(value is None or 0 < value < math.inf, name, f"{field} {value} is not above 0")
        _require(
            self.within_km is None or self.within_km > 0, name, f"within_km {self.within_km} <= 0"
        )
        _check_place(name, self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier commitment that stays: it uses the offer and counts towards the need.

    Without a ``slot`` it uses an offer that renews in every slot, to be on the safe side.
    """

    offer: int
    need: int
    component: int
    quantity: int
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A limit on the effort that one organisation's offers may take together."""

    ref: str
    effort_limit: int

    def __post_init__(self) -> None:
        _require(self.effort_limit >= 0, f"Organisation {self.ref}", "effort_limit is negative")


@dataclass(frozen=True, slots=True)
class Budget:
    """Money from which needs pay what their suppliers charge."""

    ref: str
    amount: int

    def __post_init__(self) -> None:
        _require(self.amount >= 0, f"Budget {self.ref}", f"amount {self.amount} is negative")


@dataclass(frozen=True)
class CouplingProblem:
    """Offers, needs, the pairs allowed between them, and commitments kept from before.

    Indexes in ``pairs`` and ``kept`` point into ``offers``, ``needs`` and ``Need.components``.
    Commitments may exceed an offer that has shrunk since: then nothing of it is left. ``slots``
    are the times in which needs are met, each an agreed stretch such as Tuesday afternoon;
    without any, time is one slot that suits everyone.
    """

    offers: tuple[Offer, ...]
    needs: tuple[Need, ...]
    pairs: Pairs  # or single Pair rows, which are put into columns
    kept: tuple[Kept, ...] = ()
    scale: int = 1
    slots: tuple[Window, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    budgets: tuple[Budget, ...] = ()

    def __post_init__(self) -> None:
        for field in ("offers", "needs", "kept", "slots", "organisations", "budgets"):
            object.__setattr__(self, field, tuple(getattr(self, field)))
        pairs: Pairs | Iterable[Pair] = self.pairs
        object.__setattr__(self, "pairs", pairs if isinstance(pairs, Pairs) else Pairs.of(pairs))
        _require(self.scale >= 1, "scale", f"{self.scale} is less than 1")
        self.pairs.check(len(self.offers), [len(need.components) for need in self.needs])
        for k, kept in enumerate(self.kept):
            self._check_kept(f"Kept {k}", kept)
        for name in ("organisations", "budgets"):
            refs = [row.ref for row in getattr(self, name)]
            _require(len(set(refs)) == len(refs), name, "the same ref is listed twice")
        payers = {budget.ref for budget in self.budgets}
        for need in self.needs:
            known = need.budget is None or need.budget in payers
            _require(known, f"Need {need.ref}", f"there is no budget {need.budget!r}")

    @cached_property
    def slot_count(self) -> int:
        """Return the number of slots, at least 1."""
        return max(1, len(self.slots))

    def _check_kept(self, name: str, kept: Kept) -> None:
        _require(0 <= kept.offer < len(self.offers), name, f"there is no offer {kept.offer}")
        _require(0 <= kept.need < len(self.needs), name, f"there is no need {kept.need}")
        components = len(self.needs[kept.need].components)
        _require(0 <= kept.component < components, name, f"no component {kept.component}")
        _require(kept.quantity >= 1, name, f"quantity {kept.quantity} is less than 1")
        within = kept.slot is None or 0 <= kept.slot < self.slot_count
        _require(within, name, f"there is no slot {kept.slot}")


def weight_of(need: Need) -> float:
    """Return what serving ``need`` in full is worth: ``need.weight``, or worked out as follows.

    1, 3 or 9 by priority, times 1 + (binary digits of the beneficiaries) / 4 (nobody counted is
    worth 1, a hundred people 2.75, a thousand 3.5), times 1 + (rounds waited, at most 4) / 4, so
    that nobody is always last, times the leads' factor. Without a factor, exact sixteenths.
    """
    if need.weight is not None:
        return need.weight
    people = 4 + need.beneficiaries.bit_length()
    patience = 4 + min(4, need.waited)
    return float(3 ** (need.priority - 1) * people * patience) / 16 * need.policy


def _check_limit(name: str, limit: int | None) -> None:
    _require(limit is None or limit >= 1, name, f"max_suppliers {limit} is less than 1")
