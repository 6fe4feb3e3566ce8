"""The one thing an alliance's secretariat can do next to keep the loop turning."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Membership
from binglian.domain.alliance.queries import members_of
from binglian.domain.coupling.models import CouplingRun
from binglian.domain.governance.models import Decision


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, why now, and where."""

    why: str
    label: str
    url: str


def next_step(alliance: Alliance) -> NextStep:
    """Look along the loop from members to a published run; the first gap is the next step."""

    def step(why: str, label: str, route: str, *args: Any) -> NextStep:
        return NextStep(why, label, reverse(route, args=[alliance.slug, *args]))

    run = alliance.runs.first()
    if run and run.is_open:
        return step(_("耦合正在运算。"), _("看进度"), "coupling:run", run.pk)
    decision = alliance.decisions.filter(state=Decision.State.ASKED).first()
    if decision:
        return step(
            _("已提请决定，等牵头单位答复。"), _("看决定"), "governance:decision", decision.pk
        )
    applied = members_of(alliance).filter(state=Membership.State.APPLIED).count()
    if applied:
        why = _("%(count)s 个单位待提请接纳。") % {"count": applied}
        return step(why, _("去提请"), "alliance:members")
    if not _has_members_beside_leads(alliance):
        return step(_("成员还只有牵头单位。"), _("导入成员名单"), "coupling:import", "members")
    if not alliance.offers.exists():
        return step(_("资源清单还是空的。"), _("导入资源清单"), "coupling:import", "offers")
    if not alliance.needs.exists():
        return step(_("需求清单还是空的。"), _("导入需求清单"), "coupling:import", "needs")
    if run and run.state == CouplingRun.State.PROPOSED:
        return step(_("耦合结果待审定。"), _("核对并提请公布"), "coupling:run", run.pk)
    if run is None:
        return step(_("两张清单都有了，还没有耦合过。"), _("开展耦合"), "coupling:runs")
    if _changed_since(alliance, run):
        return step(_("清单在上次运算后有变动。"), _("开展耦合"), "coupling:runs")
    return step(_("本轮结果已公布，正在兑现。"), _("看承诺"), "coupling:commitments")


def seats_to_fill(alliance: Alliance) -> NextStep | None:
    """The step of whoever gives seats, while one that the loop cannot do without is empty."""
    filled = set(alliance.appointments.current().values_list("role", flat=True))
    empty = [
        str(role.label)
        for role in (Role.SECRETARIAT, Role.LEAD_A, Role.LEAD_B)
        if role.value not in filled
    ]
    if not empty:
        return None
    why = _("还没有人担任：%(seats)s。") % {"seats": _("、").join(empty)}
    return NextStep(why, _("安排任职"), reverse("alliance:seat_new", args=[alliance.slug]))


def _has_members_beside_leads(alliance: Alliance) -> bool:
    admitted = members_of(alliance).filter(state=Membership.State.ADMITTED)
    return admitted.exclude(organisation__in=alliance.lead_ids).exists()


def _changed_since(alliance: Alliance, run: CouplingRun) -> bool:
    """Whether an offer or a need was entered or changed after the run was asked for."""
    last = [
        rows.aggregate(at=Max("changed_at"))["at"] for rows in (alliance.offers, alliance.needs)
    ]
    return any(at > run.asked_at for at in last if at)
