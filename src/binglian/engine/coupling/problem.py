"""The coupling problem: offers, needs made of components, and what was promised before.

Quantities are integers of ``1 / scale`` unit; days are ``date.toordinal()``; minutes count from
midnight. Everything is frozen and checks itself: a wrong value raises ``ValueError`` naming it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

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

    ``lot`` is the smallest useful supply to one component (multiples are not required);
    ``excludes`` names organisations it does not serve; no ``windows`` means at any time.
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

    def __post_init__(self) -> None:
        name = f"Offer {self.ref}"
        for field in ("tags", "conditions", "excludes"):
            object.__setattr__(self, field, _words(f"{name} {field}", getattr(self, field)))
        object.__setattr__(self, "windows", tuple(self.windows))
        _require(bool(self.kind), name, "has no kind")
        _require(self.quantity >= 0, name, f"quantity {self.quantity} is negative")
        _require(self.lot >= 1, name, f"lot {self.lot} is less than 1")
        _check_place(name, self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a need: so much of one kind, with any of these tags."""

    kind: str
    quantity: int
    title: str = ""
    tags: frozenset[str] = frozenset()
    unit: str = ""

    def __post_init__(self) -> None:
        name = f"Component {self.title or self.kind}"
        object.__setattr__(self, "tags", _words(f"{name} tags", self.tags))
        _require(bool(self.kind), name, "has no kind")
        _require(self.quantity >= 1, name, f"quantity {self.quantity} is less than 1")


@dataclass(frozen=True, slots=True)
class Need:
    """What one organisation asks for (需求): a bundle of components.

    ``priority`` is 1 ordinary, 2 important or 3 urgent; ``max_suppliers`` limits the distinct
    organisations over the whole need; ``refuses`` lists conditions of offers it will not take.
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

    def __post_init__(self) -> None:
        name = f"Need {self.ref}"
        for field in ("prefers", "rules_out", "refuses"):
            object.__setattr__(self, field, _words(f"{name} {field}", getattr(self, field)))
        object.__setattr__(self, "components", tuple(self.components))
        object.__setattr__(self, "windows", tuple(self.windows))
        _require(bool(self.components), name, "has no component")
        _require(self.priority in (1, 2, 3), name, f"priority {self.priority} is not 1, 2 or 3")
        _require(self.beneficiaries >= 0, name, f"{self.beneficiaries} beneficiaries")
        _require(
            self.max_suppliers is None or self.max_suppliers >= 1,
            name,
            f"max_suppliers {self.max_suppliers} is less than 1",
        )
        _require(
            self.within_km is None or self.within_km > 0, name, f"within_km {self.within_km} <= 0"
        )
        _check_place(name, self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier commitment that stays: it uses the offer and counts towards the need."""

    offer: int
    need: int
    component: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Pair:
    """An offer that may serve a component, and how well it fits (0 to 1, three decimals count)."""

    offer: int
    need: int
    component: int
    fit: float = 1.0


@dataclass(frozen=True, slots=True)
class CouplingProblem:
    """Offers, needs, the pairs allowed between them, and commitments kept from before.

    Indexes in ``pairs`` and ``kept`` point into ``offers``, ``needs`` and ``Need.components``.
    Commitments may exceed an offer that has shrunk since: then nothing of it is left.
    """

    offers: tuple[Offer, ...]
    needs: tuple[Need, ...]
    pairs: tuple[Pair, ...]
    kept: tuple[Kept, ...] = ()
    scale: int = 1

    def __post_init__(self) -> None:
        for field in ("offers", "needs", "pairs", "kept"):
            object.__setattr__(self, field, tuple(getattr(self, field)))
        _require(self.scale >= 1, "scale", f"{self.scale} is less than 1")
        for p, pair in enumerate(self.pairs):
            self._check_ends(f"Pair {p}", pair)
            _require(0 <= pair.fit <= 1, f"Pair {p}", f"fit {pair.fit} is not between 0 and 1")
        ends = {(pair.offer, pair.need, pair.component) for pair in self.pairs}
        _require(len(ends) == len(self.pairs), "pairs", "the same pair is listed twice")
        for k, kept in enumerate(self.kept):
            self._check_ends(f"Kept {k}", kept)
            _require(kept.quantity >= 1, f"Kept {k}", f"quantity {kept.quantity} is less than 1")

    def _check_ends(self, name: str, ends: Pair | Kept) -> None:
        _require(0 <= ends.offer < len(self.offers), name, f"there is no offer {ends.offer}")
        _require(0 <= ends.need < len(self.needs), name, f"there is no need {ends.need}")
        components = len(self.needs[ends.need].components)
        _require(0 <= ends.component < components, name, f"no component {ends.component}")


def weight_of(need: Need) -> Fraction:
    """Return what serving ``need`` in full is worth, in quarter points.

    1, 3 or 9 by priority, times 1 + (binary digits of the beneficiaries) / 4: nobody counted
    is worth 1, a hundred people 2.75, a thousand 3.5.
    """
    return Fraction(3 ** (need.priority - 1) * (4 + need.beneficiaries.bit_length()), 4)
