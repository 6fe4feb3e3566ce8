"""Everything the screen shows, read at once from the records."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.counting import number_of
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.coupling.queries import BOTH_SIDES
from binglian.domain.indicators.briefing.drawing import situation
from binglian.domain.indicators.records import Records
from binglian.domain.matters.models import Matter, Pause
from binglian.domain.matters.queries.rates import ThreeRates, three_rates
from binglian.domain.together import asked_together
from binglian.papers.drawing import Drawing

from .plans import PlanState, asked_of_plans, plans_from
from .waiting import Waiting, asked_of_waiting, waiting_from

#: Commitments are shown so long before they are due.
AHEAD = timedelta(days=14)
#: Letters of the map, 640 wide: to be read from five metres.
LETTERS = 32
#: Of the map, as a wall has room for it.
HEIGHT = 600
State = Commitment.State
_RUNNING = (Matter.State.DISPATCHED, Matter.State.OBJECTED, Matter.State.HANDLING)
#: Of a matter, whether its clock stands still.
_IS_STOPPED = Exists(Pause.objects.filter(matter=OuterRef("pk"), until_at=None))


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the loop, and how much is there now."""

    label: str
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class MatterCounts:
    """Residents' matters that are open."""

    received: int
    running: int
    overdue: int
    parked: int


@dataclass(frozen=True, slots=True)
class Cockpit:
    """The state of an alliance.

    Attributes
    ----------
    rates
        Of matters dispatched from ``rates_from`` on: this month and the two before it.
    """

    at: datetime
    loop: tuple[Station, ...]
    waiting: tuple[Waiting, ...]
    due: tuple[Commitment, ...]
    plans: tuple[PlanState, ...]
    matters: MatterCounts
    rates: ThreeRates
    rates_from: date
    map: Drawing


def cockpit_of(alliance: Alliance) -> Cockpit:
    """The present state, in the reader's language."""
    today = localdate()
    rates_from = (today.replace(day=1) - timedelta(days=59)).replace(day=1)
    due = alliance.commitments.filter(
        state=State.ACCEPTED, due_on__gte=today, due_on__lte=today + AHEAD
    )
    projects, planned, [counts], coming, open_matters, *waiting = asked_together(
        *asked_of_plans(alliance),
        _counts(alliance),
        due.select_related(*BOTH_SIDES).order_by("due_on", "pk"),
        _places(alliance),
        *asked_of_waiting(alliance),
    )
    plans = plans_from(projects, planned)
    return Cockpit(
        at=now(),
        loop=_loop(alliance, counts, len(plans)),
        waiting=tuple(waiting_from(alliance, waiting)),
        due=tuple(coming),
        plans=tuple(plans),
        matters=MatterCounts(
            **{one.name: counts[one.name] for one in fields(MatterCounts)},
        ),
        rates=three_rates(alliance, rates_from, today),
        rates_from=rates_from,
        map=situation(
            alliance,
            projects,
            [(place[:2], 2 if place[2] else 1) for place in open_matters],
            letters=LETTERS,
            height=HEIGHT,
        ),
    )


def _counts(alliance: Alliance) -> QuerySet[Alliance, Any]:
    """How much there is of everything, in one row."""
    published = alliance.runs.filter(published_at__isnull=False).order_by("-published_at")
    last = published.values("pk")[:1]
    matters, commitments = alliance.matters, alliance.commitments
    running = matters.filter(state__in=_RUNNING)
    return Alliance.objects.filter(pk=alliance.pk).values(
        offers_open=number_of(alliance.offers.filter(state=Offer.State.OPEN)),
        needs_open=number_of(alliance.needs.filter(state=Need.State.OPEN)),
        last_run=Subquery(last),
        matched=number_of(commitments.filter(run__in=last)),
        accepted=number_of(commitments.filter(state=State.ACCEPTED)),
        delivered=number_of(commitments.filter(state=State.DELIVERED)),
        judged=number_of(commitments.filter(state=State.JUDGED)),
        received=number_of(matters.filter(state=Matter.State.RECEIVED)),
        running=number_of(running),
        overdue=number_of(running.filter(due_at__lt=now()).exclude(_IS_STOPPED)),
        parked=number_of(matters.filter(state=Matter.State.PARKED)),
    )


def _loop(alliance: Alliance, counts: dict[str, Any], plans: int) -> tuple[Station, ...]:
    """The stations of the loop in order, as the constitution of the product has them."""
    last = counts["last_run"]
    published = [one for one in Records(alliance, now()).publications if one.published_at]
    return (
        Station(_("待用资源"), counts["offers_open"], "offers/"),
        Station(_("待解需求"), counts["needs_open"], "needs/"),
        Station(_("本轮匹配"), counts["matched"], f"runs/{last}/" if last else "runs/"),
        Station(_("履行中承诺"), counts["accepted"], "commitments/"),
        Station(_("在推进项目"), plans, "projects/"),
        Station(_("待对方评价"), counts["delivered"], "commitments/"),
        Station(_("已评价兑现"), counts["judged"], "commitments/"),
        Station(_("已公开事项"), len(published), "figures/O1/"),
    )


def _places(alliance: Alliance) -> QuerySet[Matter, tuple[float, float, bool]]:
    """Where open matters lie, and whether each is overdue."""
    rows = alliance.matters.filter(
        state__in=_RUNNING, longitude__isnull=False, latitude__isnull=False
    )
    late = Q(due_at__lt=now()) & ~_IS_STOPPED
    is_late = Case(When(late, then=True), default=False, output_field=BooleanField())
    return rows.values_list("longitude", "latitude", is_late)
