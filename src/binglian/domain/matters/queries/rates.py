"""The three rates (三率), each with what it is of and what it leaves out; no league tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Contact, Exclusion, Reply, Revisit
from binglian.domain.together import asked_together

#: A share of fewer than this tells more of persons than of the work.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its parts.

    Attributes
    ----------
    exclusions
        Reason → how many matters were left out for it.
    pending
        Matters that do not count yet: still in time, or not revisited.
    """

    numerator: int
    denominator: int
    exclusions: dict[str, int] = field(default_factory=dict)
    pending: int = 0

    @property
    def share(self) -> float | None:
        """0 … 1; ``None`` where the denominator is under :data:`FEWEST`."""
        return self.numerator / self.denominator if self.denominator >= FEWEST else None


@dataclass(frozen=True, slots=True)
class ThreeRates:
    """The rates of the matters dispatched in a span of days, both ends included.

    Attributes
    ----------
    response
        Reached within the class's limit, of those who left a way to be reached.
    solved, content
        «Solved», and «content» or «basically content», of the effective revisits.
    on_time
        Answered in time, of those answered or late.
    revisited
        Effective revisits, of those answered.
    outcomes
        How answers ended, kept apart: solved, explained, unreasonable (reviewed).
    """

    response: Rate
    solved: Rate
    content: Rate
    on_time: Rate
    revisited: Rate
    outcomes: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Row:
    contact_due_at: datetime | None
    contacted_at: datetime | None
    due_at: datetime | None
    replied_at: datetime | None
    is_reachable: bool
    outcome: str
    solved: str
    content: str
    excluded: dict[str, str]


def three_rates(alliance: Alliance, first: date, last: date) -> ThreeRates:
    """The rates of matters dispatched from ``first`` to ``last``; each matter counts once.

    What counts is the latest answer and its revisit. Matters diverted, joined to another or not
    accepted were never dispatched and are in no denominator.
    """
    rows = _rows(alliance, first, last)
    answered = [row for row in rows if row.replied_at]
    unreasonable = Reply.Outcome.UNREASONABLE
    effective = [row for row in answered if row.solved]
    return ThreeRates(
        response=_response(rows),
        solved=_of_revisits(effective, answered, Exclusion.Rate.SOLVED),
        content=_of_revisits(effective, answered, Exclusion.Rate.CONTENT),
        on_time=_on_time(rows),
        revisited=Rate(
            len([row for row in effective if row.outcome != unreasonable]),
            len([row for row in answered if row.outcome != unreasonable]),
        ),
        outcomes=dict(Counter(row.outcome for row in answered if row.outcome)),
    )


def _response(rows: list[_Row]) -> Rate:
    excluded: Counter[str] = Counter()
    reached = counted = pending = 0
    for row in rows:
        reason = row.excluded.get(Exclusion.Rate.RESPONSE)
        if reason is None and not row.is_reachable:
            reason = _("没有留下联系方式")
        if reason is not None:
            excluded[reason] += 1
        elif row.contacted_at is None and row.contact_due_at and row.contact_due_at > now():
            pending += 1
        else:
            counted += 1
            reached += bool(
                row.contacted_at and row.contact_due_at and row.contacted_at <= row.contact_due_at
            )
    return Rate(reached, counted, dict(excluded), pending)


def _of_revisits(effective: list[_Row], answered: list[_Row], rate: str) -> Rate:
    excluded: Counter[str] = Counter()
    good = counted = 0
    for row in effective:
        reason = row.excluded.get(rate)
        if reason is None and row.outcome == Reply.Outcome.UNREASONABLE:
            reason = _("诉求不合理（已复核）")
        if reason is not None:
            excluded[reason] += 1
            continue
        counted += 1
        if rate == Exclusion.Rate.SOLVED:
            good += row.solved == Revisit.Solved.YES
        else:
            good += row.content in (Revisit.Content.YES, Revisit.Content.BASICALLY)
    return Rate(good, counted, dict(excluded), len(answered) - len(effective))


def _on_time(rows: list[_Row]) -> Rate:
    good = counted = pending = 0
    for row in rows:
        end = row.replied_at or now()
        is_late = row.due_at is not None and end > row.due_at
        if row.replied_at is None and not is_late:
            pending += 1
        else:
            counted += 1
            good += not is_late
    return Rate(good, counted, {}, pending)


def _rows(alliance: Alliance, first: date, last: date) -> list[_Row]:
    """The matters, and what is excluded: one statement."""
    zone = get_current_timezone()
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    matters = alliance.matters.filter(dispatched_at__gte=since, dispatched_at__lt=until)
    answers = Reply.objects.filter(matter=OuterRef("pk")).exclude(
        Q(outcome=Reply.Outcome.UNREASONABLE) & ~Q(is_confirmed=True)
    )
    latest = answers.order_by("-id")
    confirmed = Exclusion.objects.filter(matter__in=matters, confirmed_at__isnull=False)
    rows = matters.order_by("id").values_list(
        "pk",
        "contact_due_at",
        "contacted_at",
        "due_at",
        "replied_at",
        Subquery(Contact.objects.filter(matter=OuterRef("pk")).values("pk")[:1]),
        Subquery(latest.values("outcome")[:1]),
        Subquery(latest.values("revisit__solved")[:1]),
        Subquery(latest.values("revisit__content")[:1]),
    )
    found, exclusions = asked_together(rows, confirmed.values_list("matter", "rate", "reason"))
    excluded: dict[int, dict[str, str]] = {}
    for matter, rate, reason in exclusions:
        excluded.setdefault(matter, {})[rate] = reason
    return [
        _Row(
            contact_due, contacted, due, replied, contact is not None,
            outcome or "", solved or "", content or "", excluded.get(pk, {}),
        )
        for pk, contact_due, contacted, due, replied, contact, outcome, solved, content in found
    ]  # fmt: skip
