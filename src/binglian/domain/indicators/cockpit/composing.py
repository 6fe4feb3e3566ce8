"""Everything the screen shows, read at once from the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.coupling.queries import BOTH_SIDES
from binglian.domain.indicators.briefing.drawing import situation
from binglian.domain.indicators.records.publications import publications_of
from binglian.domain.matters.models import Matter, Pause
from binglian.domain.matters.queries.rates import ThreeRates, three_rates
from binglian.papers.drawing import Drawing

from .plans import PlanState, plans_of
from .waiting import Waiting, waiting_in

#: Commitments are shown so long before they are due.
AHEAD = timedelta(days=14)
#: Letters of the map, 640 wide: to be read from five metres.
LETTERS = 32
#: Of the map, as a wall has room for it.
HEIGHT = 600
State = Commitment.State
_RUNNING = (Matter.State.DISPATCHED, Matter.State.OBJECTED, Matter.State.HANDLING)


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
    plans, today = plans_of(alliance), localdate()
    rates_from = (today.replace(day=1) - timedelta(days=59)).replace(day=1)
    due = alliance.commitments.filter(
        state=State.ACCEPTED, due_on__gte=today, due_on__lte=today + AHEAD
    )
    return Cockpit(
        at=now(),
        loop=_loop(alliance, len(plans)),
        waiting=tuple(waiting_in(alliance)),
        due=tuple(due.select_related(*BOTH_SIDES).order_by("due_on", "pk")),
        plans=tuple(plans),
        matters=_matters(alliance),
        rates=three_rates(alliance, rates_from, today),
        rates_from=rates_from,
        map=situation(
            alliance,
            [one.project for one in plans],
            _places(alliance),
            letters=LETTERS,
            height=HEIGHT,
        ),
    )


def _loop(alliance: Alliance, plans: int) -> tuple[Station, ...]:
    """The stations of the loop in order, as the constitution of the product has them."""
    states = dict(alliance.commitments.order_by().values_list("state").annotate(n=Count("pk")))
    last = alliance.runs.filter(published_at__isnull=False).order_by("-published_at").first()
    published = [one for one in publications_of(alliance, now()) if one.published_at]
    return (
        Station(_("待用资源"), alliance.offers.filter(state=Offer.State.OPEN).count(), "offers/"),
        Station(_("待解需求"), alliance.needs.filter(state=Need.State.OPEN).count(), "needs/"),
        Station(
            _("本轮匹配"),
            last.commitments.count() if last else 0,
            f"runs/{last.pk}/" if last else "runs/",
        ),
        Station(_("履行中承诺"), states.get(State.ACCEPTED, 0), "commitments/"),
        Station(_("在推进项目"), plans, "projects/"),
        Station(_("待对方评价"), states.get(State.DELIVERED, 0), "commitments/"),
        Station(_("已评价兑现"), states.get(State.JUDGED, 0), "commitments/"),
        Station(_("已公开事项"), len(published), "figures/O1/"),
    )


def _matters(alliance: Alliance) -> MatterCounts:
    stopped = Pause.objects.filter(until_at=None).values("matter")
    late = Q(state__in=_RUNNING, due_at__lt=now()) & ~Q(pk__in=stopped)
    counts = alliance.matters.aggregate(
        received=Count("pk", filter=Q(state=Matter.State.RECEIVED)),
        running=Count("pk", filter=Q(state__in=_RUNNING)),
        overdue=Count("pk", filter=late),
        parked=Count("pk", filter=Q(state=Matter.State.PARKED)),
    )
    return MatterCounts(**counts)


def _places(alliance: Alliance) -> list[tuple[tuple[float, float], int]]:
    """Where open matters lie: 1 being handled, 2 overdue."""
    rows = alliance.matters.filter(state__in=_RUNNING, longitude__isnull=False)
    stopped = set(Pause.objects.filter(matter__in=rows, until_at=None).values_list("matter"))
    found = rows.values_list("pk", "longitude", "latitude", "due_at")
    return [
        ((longitude, latitude), 2 if due_at and due_at < now() and (pk,) not in stopped else 1)
        for pk, longitude, latitude, due_at in found
        if longitude is not None and latitude is not None
    ]
