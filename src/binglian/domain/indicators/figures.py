"""What an indicator is, and how its cases become a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, log
from statistics import median
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .periods import Period
from .records import Records

#: A figure over less than this tells more of those behind it than of the alliance.
FEWEST = 5


class Promise(models.TextChoices):
    """What the alliance promises to be."""

    COVERAGE = "coverage", _("全覆盖")
    INCLUSION = "inclusion", _("广吸纳")
    OPENNESS = "openness", _("大开放")
    COORDINATION = "coordination", _("深协同")
    EFFICIENCY = "efficiency", _("高效率")


@dataclass(frozen=True, slots=True)
class Case:
    """One record behind a figure.

    Attributes
    ----------
    part, whole
        What it adds to numerator and denominator, in the indicator's unit.
    group
        Of shares over groups: which one it falls into.
    path
        Where it is, within the pages of its alliance; "" where it has no page of its own.
    public_path
        Where everybody may read it; "" where it is not public.
    """

    title: str
    part: float = 1
    whole: float = 1
    note: str = ""
    group: str = ""
    path: str = ""
    public_path: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """Numerator over denominator; ``weight`` is what must reach :data:`FEWEST`.

    That is the denominator itself, in its own unit: records, or working days where a share of days
    is told, so that one finished project has its figure. Of evenness it is the contributions.
    """

    numerator: float
    denominator: float
    weight: float

    @property
    def is_shown(self) -> bool:
        return self.weight >= FEWEST


def share(cases: Sequence[Case], _records: Records) -> Figure:
    """The sum of the parts over the sum of the wholes."""
    whole = sum(case.whole for case in cases)
    return Figure(sum(case.part for case in cases), whole, whole)


def middle(cases: Sequence[Case], _records: Records) -> Figure:
    """The median of the parts; the denominator is how many there are."""
    days = [case.part for case in cases]
    return Figure(float(median(days)) if days else 0.0, len(days), len(days))


def nine_in_ten(cases: Sequence[Case], _records: Records) -> Figure:
    """The smallest part that nine cases in ten do not exceed."""
    days = sorted(case.part for case in cases)
    worst = days[ceil(0.9 * len(days)) - 1] if days else 0.0
    return Figure(worst, len(days), len(days))


def evenness(cases: Sequence[Case], records: Records) -> Figure:
    """Entropy −Σ p ln p of the groups over ln K, K being the alliance's member categories."""
    counts = [sum(case.part for case in cases if case.group == code) for code in records.categories]
    whole = sum(counts)
    entropy = -sum(n / whole * log(n / whole) for n in counts if n)
    return Figure(abs(entropy), log(len(counts)) if len(counts) > 1 else 0.0, whole)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its words stand beside the code that counts its cases.

    Attributes
    ----------
    counts, of
        What the numerator and the denominator count, in words.
    cases
        Every case of the denominator with its part in the numerator, for a period that has begun.
    unit
        What the value is in: "" for a share, else words.
    """

    code: str
    promise: Promise
    name: Any
    counts: Any
    of: Any
    cases: Callable[[Records, Period], Iterable[Case]]
    figure: Callable[[Sequence[Case], Records], Figure] = share
    unit: Any = ""

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_share(self) -> bool:
        return not self.unit


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator read over a period, with every record behind it.

    Attributes
    ----------
    count
        How many records there are; of a :meth:`brief` one, whose cases were left out, too.
    """

    indicator: Indicator
    period: Period
    figure: Figure
    cases: tuple[Case, ...]
    count: int

    @property
    def value(self) -> float | None:
        """The figure itself; ``None`` where it is over too little to be told."""
        if not self.figure.is_shown or not self.figure.denominator:
            return None
        if not self.indicator.is_share:
            return self.figure.numerator
        return self.figure.numerator / self.figure.denominator

    @property
    def is_empty(self) -> bool:
        return not self.count

    def brief(self) -> Reading:
        """The figure without its records, to be kept."""
        return replace(self, cases=())


def read(indicator: Indicator, records: Records, period: Period) -> Reading:
    """Read an indicator over what of a period had begun by the instant of the records."""
    begun = period.until(records.on)
    cases = tuple(indicator.cases(records, begun)) if begun else ()
    return Reading(indicator, period, indicator.figure(cases, records), cases, len(cases))
