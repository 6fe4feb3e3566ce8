"""The one thing an alliance's secretariat can do next to keep the loop turning."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Membership
from binglian.domain.counting import number_of
from binglian.domain.coupling.models import CouplingRun, Need, Offer
from binglian.domain.governance.models import Decision

#: Without these the loop does not turn.
CORE_SEATS = (Role.SECRETARIAT, Role.LEAD_A, Role.LEAD_B)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, why now, and where."""

    why: str
    label: str
    url: str


def next_step(alliance: Alliance) -> NextStep:
    """Look along the loop from members to a published run; the first gap is the next step."""
    return next_step_of(
        with_steps(Alliance.objects.filter(pk=alliance.pk)).get(), alliance.runs.first()
    )


def with_steps(alliances: QuerySet[Alliance]) -> QuerySet[Alliance]:
    """Alliances with all that the steps depend on, in one statement for however many."""
    here = OuterRef("pk")
    members = Membership.objects.filter(alliance=here)
    admitted = members.filter(state=Membership.State.ADMITTED)
    beside_leads = admitted.exclude(organisation=OuterRef("lead_a"))
    seats = Appointment.objects.current().filter(alliance=here)
    asked = Decision.objects.filter(alliance=here, state=Decision.State.ASKED)
    lists = {"offers": Offer, "needs": Need}
    return alliances.annotate(
        decision_asked=Subquery(asked.values("pk")[:1]),
        applied=number_of(members.filter(state=Membership.State.APPLIED)),
        has_members=Exists(beside_leads.exclude(organisation=OuterRef("lead_b"))),
        **{f"seat_{one.value}": Exists(seats.filter(role=one.value)) for one in CORE_SEATS},
        **{f"{name}_at": _changed_at(rows) for name, rows in lists.items()},
    )


def next_step_of(alliance: Any, run: CouplingRun | None) -> NextStep:
    """The step of an alliance out of :func:`with_steps`, with its newest run."""

    def step(why: str, label: str, route: str, *args: Any) -> NextStep:
        return NextStep(why, label, reverse(route, args=[alliance.slug, *args]))

    if run and run.is_open:
        return step(_("耦合正在运算。"), _("看进度"), "coupling:run", run.pk)
    decision = alliance.decision_asked
    if decision:
        return step(_("已提请决定，等牵头单位答复。"), _("看决定"), "governance:decision", decision)
    if alliance.applied:
        why = _("%(count)s 个单位待提请接纳。") % {"count": alliance.applied}
        return step(why, _("去提请"), "alliance:members")
    if not alliance.has_members:
        return step(_("成员还只有牵头单位。"), _("导入成员名单"), "coupling:import", "members")
    if alliance.offers_at is None:
        return step(_("资源清单还是空的。"), _("导入资源清单"), "coupling:import", "offers")
    if alliance.needs_at is None:
        return step(_("需求清单还是空的。"), _("导入需求清单"), "coupling:import", "needs")
    if run and run.state == CouplingRun.State.PROPOSED:
        return step(_("耦合结果待审定。"), _("核对并提请公布"), "coupling:run", run.pk)
    if run is None:
        return step(_("两张清单都有了，还没有耦合过。"), _("开展耦合"), "coupling:runs")
    if max(alliance.offers_at, alliance.needs_at) > run.asked_at:
        return step(_("清单在上次运算后有变动。"), _("开展耦合"), "coupling:runs")
    return step(_("本轮结果已公布，正在兑现。"), _("看承诺"), "coupling:commitments")


def seats_to_fill(alliance: Alliance) -> NextStep | None:
    """The step of whoever gives seats, while one that the loop cannot do without is empty."""
    empty = [str(role.label) for role in CORE_SEATS if not getattr(alliance, f"seat_{role.value}")]
    if not empty:
        return None
    why = _("还没有人担任：%(seats)s。") % {"seats": _("、").join(empty)}
    return NextStep(why, _("安排任职"), reverse("alliance:seat_new", args=[alliance.slug]))


def _changed_at(rows: type[Offer] | type[Need]) -> Subquery:
    """When an entry of a list was made or changed last; ``None`` of an empty list."""
    here = rows.objects.filter(alliance=OuterRef("pk")).order_by().values("alliance")
    return Subquery(here.annotate(at=Max("changed_at")).values("at"))
