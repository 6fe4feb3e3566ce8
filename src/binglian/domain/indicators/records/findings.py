"""What was found on sites, as it stood at an instant: by the steps taken until then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.models import Finding, FindingStep
from binglian.domain.together import Reader

from .rewinding import Later, acts_after

What = FindingStep.What
#: Steps that say how far a finding is; the others are about standing still, or about being late.
_STATES = (
    What.ISSUED, What.RECEIVED, What.FIXING, What.REPORTED, What.RETURNED, What.CLOSED,
    What.REOPENED,
)  # fmt: skip
_ORDERS = (What.STOPPED, What.ASKED, What.REFUSED, What.RESUMED)


@dataclass(frozen=True, slots=True)
class Turn:
    """A step and its day."""

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class FoundOnSite:
    """One finding.

    Attributes
    ----------
    turns
        How far it was, step by step; the last is how it stood.
    orders
        Work ordered to stand still, asked to go on, refused, consented to.
    """

    pk: int
    number: str
    what: str
    site: str
    grade: str
    responsible: str
    due_on: date
    turns: tuple[Turn, ...]
    orders: tuple[Turn, ...]

    @property
    def path(self) -> str:
        return f"findings/{self.pk}/"

    @property
    def is_reported(self) -> bool:
        """Whether it waits to be looked at again."""
        return self.turns[-1].what == What.REPORTED

    @property
    def stands_still(self) -> Turn | None:
        """The last step about an order that still holds work on the site."""
        last = self.orders[-1] if self.orders else None
        return last if last and last.what != What.RESUMED else None

    def is_open_on(self, day: date) -> bool:
        """Whether it was issued and not closed at the end of a day."""
        until = [turn for turn in self.turns if turn.on <= day]
        return bool(until) and until[-1].what != What.CLOSED

    def stood_still_on(self, day: date) -> bool:
        """Whether an order held work at the end of a day."""
        until = [turn for turn in self.orders if turn.on <= day]
        return bool(until) and until[-1].what != What.RESUMED


def findings_at(alliance: Alliance, as_of: datetime) -> Reader[list[FoundOnSite]]:
    """Every finding issued by then, oldest first. One statement, however many."""
    rows, steps, acts = yield (
        Finding.objects.filter(project__alliance=alliance, issued_at__lte=as_of)
        .select_related("project", "organisation")
        .order_by("pk"),
        FindingStep.objects.filter(
            finding__project__alliance=alliance, finding__issued_at__lte=as_of, at__lte=as_of
        ),
        acts_after(as_of, Finding, chain=alliance.slug),
    )
    known: dict[int, list[FindingStep]] = defaultdict(list)
    for step in steps:
        known[step.finding_id].append(step)
    later = Later(acts)
    return [_as_it_stood(row, known.get(row.pk, []), later) for row in rows]


def _as_it_stood(row: Finding, known: list[FindingStep], later: Later) -> FoundOnSite:
    due_on = later.before(row.pk, "due_on", row.due_on)
    return FoundOnSite(
        pk=row.pk,
        number=row.number,
        what=row.what,
        site=row.project.title_zh,
        grade=row.get_grade_display(),
        responsible=row.organisation.name,
        due_on=date.fromisoformat(due_on) if isinstance(due_on, str) else due_on,
        turns=_turns(known, _STATES) or (Turn(What.ISSUED, localdate(row.issued_at)),),
        orders=_turns(known, _ORDERS),
    )


def _turns(steps: Sequence[FindingStep], wanted: Sequence[str]) -> tuple[Turn, ...]:
    return tuple(Turn(step.what, localdate(step.at)) for step in steps if step.what in wanted)
