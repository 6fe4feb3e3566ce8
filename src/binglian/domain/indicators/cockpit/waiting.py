"""What is awaited from whom. A further subject is one function here and its name in ``SOURCES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.checks.models import (
    Finding,
    HandOut,
    IntegrityPromise,
    Observation,
    OpenDay,
    PromiseSignature,
    StopOrder,
)
from binglian.domain.coupling.desk_queries import overdue_in
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.coupling.queries import BOTH_SIDES
from binglian.domain.governance.models import Decision
from binglian.domain.matters.queries.awaiting import overdue_matters
from binglian.domain.projects.queries import awaited_in

#: Who looks again at what was put right, whoever of them finds the time.
_INSPECTORS = gettext_noop("检查员")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: for whom, and since when.

    Attributes
    ----------
    whom
        An organisation, or those who hold a role; never a person.
    what
        What the organisation is to do, in a few words.
    path
        Where the record is, within the pages of its alliance.
    """

    whom: Organisation | str
    what: str
    since: date
    path: str

    @property
    def days(self) -> int:
        """Calendar days until today."""
        return (localdate() - self.since).days


def waiting_in(alliance: Alliance) -> list[Waiting]:
    """All that waits in an alliance, what waits longest first."""
    found = [one for source in SOURCES for one in source(alliance)]
    return sorted(found, key=lambda one: (one.since, one.path))


def _tasks(alliance: Alliance) -> Iterable[Waiting]:
    for one in awaited_in(alliance):
        path = f"projects/{one.task.project_id}/tasks/{one.task.pk}/"
        yield Waiting(one.organisation, one.task.title, one.since, path)


def _commitments(alliance: Alliance) -> Iterable[Waiting]:
    for one in overdue_in(alliance):
        is_asked = one.state == Commitment.State.PROPOSED
        since = one.answer_due_on if is_asked else one.due_on
        if since:
            what = (_("答复：%(what)s") if is_asked else _("兑现：%(what)s")) % {"what": one.title}
            yield Waiting(one.giver, what, since, f"commitments/{one.pk}/")


def _judgements(alliance: Alliance) -> Iterable[Waiting]:
    late = Delivery.objects.filter(
        commitment__alliance=alliance, verdict="", judge_due_on__lt=localdate()
    ).select_related(*(f"commitment__{side}" for side in BOTH_SIDES))
    for one in late:
        what = _("评价：%(what)s") % {"what": one.commitment.title}
        path = f"commitments/{one.commitment_id}/"
        yield Waiting(one.commitment.receiver, what, one.judge_due_on, path)


def _decisions(alliance: Alliance) -> Iterable[Waiting]:
    asked = alliance.decisions.filter(state=Decision.State.ASKED)
    for one in asked.select_related("alliance__lead_a", "alliance__lead_b").prefetch_related(
        "approvals"
    ):
        for lead in one.awaited:
            what = _("决定：%(what)s") % {"what": one}
            yield Waiting(one.body_of(lead), what, localdate(one.asked_at), f"decisions/{one.pk}/")


def _matters(alliance: Alliance) -> Iterable[Waiting]:
    for one in overdue_matters(alliance):
        if one.lead and one.due_at:
            what = _("答复诉求 %(number)s") % {"number": one.number}
            yield Waiting(one.lead, what, localdate(one.due_at), f"matters/{one.pk}/")


def _findings(alliance: Alliance) -> Iterable[Waiting]:
    """Where work stands still, what waits to be looked at again, what is not put right in time."""
    State = Finding.State
    standing = StopOrder.objects.exclude(state=StopOrder.State.LIFTED)
    rows = Finding.objects.filter(project__alliance=alliance).annotate(
        order=Subquery(standing.filter(finding=OuterRef("pk")).values("state")[:1]),
        stopped_at=Subquery(standing.filter(finding=OuterRef("pk")).values("ordered_at")[:1]),
        reported_at=Max("steps__at", filter=Q(steps__what=State.REPORTED)),
    )
    is_late = Q(state__in=Finding.TO_FIX, due_on__lt=localdate())
    waits = rows.filter(is_late | Q(state=State.REPORTED) | Q(order__isnull=False))
    for one in waits.select_related("project", "organisation"):
        whom: Organisation | str = one.organisation
        if one.order == StopOrder.State.ASKED:
            whom, what = _(_INSPECTORS), _("答复复工：%(what)s")
        elif one.state == State.REPORTED:
            whom, what = _(_INSPECTORS), _("复查：%(what)s")
        elif one.state == State.CLOSED:
            what = _("申请复工：%(what)s")
        else:
            what = _("停工整改：%(what)s") if one.order else _("整改：%(what)s")
        at = one.stopped_at or (one.reported_at if one.state == State.REPORTED else None)
        since = localdate(at) if at else one.due_on
        yield Waiting(whom, what % {"what": one.what}, since, f"findings/{one.pk}/")


def _goods(alliance: Alliance) -> Iterable[Waiting]:
    rows = HandOut.objects.filter(
        good__donation__alliance=alliance, confirmed_at=None, taken_back_at=None
    )
    for one in rows.select_related("good", "organisation"):
        what = _("确认收到：%(what)s") % {"what": one.good.item}
        yield Waiting(one.organisation, what, one.on, f"goods/{one.good.donation_id}/")


def _promises(alliance: Alliance) -> Iterable[Waiting]:
    rows = PromiseSignature.objects.filter(
        promise__contract__project__alliance=alliance,
        promise__state=IntegrityPromise.State.SIGNING,
        state=PromiseSignature.State.AWAITED,
    )
    for one in rows.select_related("promise__contract", "organisation"):
        what = _("签署廉洁承诺：%(what)s") % {"what": one.promise}
        path = f"contracts/{one.promise.contract_id}/"
        yield Waiting(one.organisation, what, localdate(one.promise.opened_at), path)


def _open_days(alliance: Alliance) -> Iterable[Waiting]:
    over = alliance.open_days.filter(state=OpenDay.State.ANNOUNCED, ends_at__lt=now())
    for one in over.select_related("project__owner"):
        what = _("公开现场问答：%(what)s") % {"what": one}
        yield Waiting(one.project.owner, what, localdate(one.ends_at), f"open-days/{one.pk}/")


def _observations(alliance: Alliance) -> Iterable[Waiting]:
    filed = alliance.observations.filter(state=Observation.State.FILED)
    for one in filed.select_related("project__owner"):
        what = _("答复监督意见：%(what)s") % {"what": one.place}
        yield Waiting(one.project.owner, what, localdate(one.filed_at), f"observations/{one.pk}/")


SOURCES: tuple[Callable[[Alliance], Iterable[Waiting]], ...] = (
    _tasks, _commitments, _judgements, _decisions, _matters, _findings, _goods, _promises,
    _open_days, _observations,
)  # fmt: skip
