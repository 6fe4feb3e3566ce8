"""What is awaited from whom. A further subject is two functions here and a line of ``SOURCES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
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
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries.awaiting import overdue_matters
from binglian.domain.projects.queries import awaited_in
from binglian.domain.together import asked_together

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
    return waiting_from(alliance, asked_together(*asked_of_waiting(alliance)))


def asked_of_waiting(alliance: Alliance) -> list[QuerySet[Any]]:
    """The lists that :func:`waiting_from` is made from."""
    return [rows(alliance) for rows, _told in SOURCES]


def waiting_from(alliance: Alliance, lists: Sequence[Iterable[Any]]) -> list[Waiting]:
    """All that waits, told from the lists, and what projects await."""
    found = [one for (_, told), rows in zip(SOURCES, lists, strict=True) for one in told(rows)]
    return sorted([*_tasks(alliance), *found], key=lambda one: (one.since, one.path))


def _tasks(alliance: Alliance) -> Iterable[Waiting]:
    for one in awaited_in(alliance):
        path = f"projects/{one.task.project_id}/tasks/{one.task.pk}/"
        yield Waiting(one.organisation, one.task.title, one.since, path)


def _commitments(rows: Iterable[Commitment]) -> Iterable[Waiting]:
    for one in rows:
        is_asked = one.state == Commitment.State.PROPOSED
        since = one.answer_due_on if is_asked else one.due_on
        if since:
            what = (_("答复：%(what)s") if is_asked else _("兑现：%(what)s")) % {"what": one.title}
            yield Waiting(one.giver, what, since, f"commitments/{one.pk}/")


def _unjudged(alliance: Alliance) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        commitment__alliance=alliance, verdict="", judge_due_on__lt=localdate()
    ).select_related(*(f"commitment__{side}" for side in BOTH_SIDES))


def _judgements(rows: Iterable[Delivery]) -> Iterable[Waiting]:
    for one in rows:
        what = _("评价：%(what)s") % {"what": one.commitment.title}
        path = f"commitments/{one.commitment_id}/"
        yield Waiting(one.commitment.receiver, what, one.judge_due_on, path)


def _asked(alliance: Alliance) -> QuerySet[Decision]:
    asked = alliance.decisions.filter(state=Decision.State.ASKED)
    with_leads = asked.select_related("alliance__lead_a", "alliance__lead_b")
    return with_leads.prefetch_related("approvals")


def _decisions(rows: Iterable[Decision]) -> Iterable[Waiting]:
    for one in rows:
        for lead in one.awaited:
            what = _("决定：%(what)s") % {"what": one}
            yield Waiting(one.body_of(lead), what, localdate(one.asked_at), f"decisions/{one.pk}/")


def _matters(rows: Iterable[Matter]) -> Iterable[Waiting]:
    for one in rows:
        if one.lead and one.due_at:
            what = _("答复诉求 %(number)s") % {"number": one.number}
            yield Waiting(one.lead, what, localdate(one.due_at), f"matters/{one.pk}/")


def _open_findings(alliance: Alliance) -> QuerySet[Finding]:
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
    return waits.select_related("project", "organisation")


def _findings(rows: Iterable[Any]) -> Iterable[Waiting]:
    State = Finding.State
    for one in rows:
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


def _unconfirmed(alliance: Alliance) -> QuerySet[HandOut]:
    rows = HandOut.objects.filter(
        good__donation__alliance=alliance, confirmed_at=None, taken_back_at=None
    )
    return rows.select_related("good", "organisation")


def _goods(rows: Iterable[HandOut]) -> Iterable[Waiting]:
    for one in rows:
        what = _("确认收到：%(what)s") % {"what": one.good.item}
        yield Waiting(one.organisation, what, one.on, f"goods/{one.good.donation_id}/")


def _unsigned(alliance: Alliance) -> QuerySet[PromiseSignature]:
    rows = PromiseSignature.objects.filter(
        promise__contract__project__alliance=alliance,
        promise__state=IntegrityPromise.State.SIGNING,
        state=PromiseSignature.State.AWAITED,
    )
    return rows.select_related("promise__contract", "organisation")


def _promises(rows: Iterable[PromiseSignature]) -> Iterable[Waiting]:
    for one in rows:
        what = _("签署廉洁承诺：%(what)s") % {"what": one.promise}
        path = f"contracts/{one.promise.contract_id}/"
        yield Waiting(one.organisation, what, localdate(one.promise.opened_at), path)


def _over(alliance: Alliance) -> QuerySet[OpenDay]:
    over = alliance.open_days.filter(state=OpenDay.State.ANNOUNCED, ends_at__lt=now())
    return over.select_related("project__owner")


def _open_days(rows: Iterable[OpenDay]) -> Iterable[Waiting]:
    for one in rows:
        what = _("公开现场问答：%(what)s") % {"what": one}
        yield Waiting(one.project.owner, what, localdate(one.ends_at), f"open-days/{one.pk}/")


def _filed(alliance: Alliance) -> QuerySet[Observation]:
    filed = alliance.observations.filter(state=Observation.State.FILED)
    return filed.select_related("project__owner").defer("photo")


def _observations(rows: Iterable[Observation]) -> Iterable[Waiting]:
    for one in rows:
        what = _("答复监督意见：%(what)s") % {"what": one.place}
        yield Waiting(one.project.owner, what, localdate(one.filed_at), f"observations/{one.pk}/")


#: The rows of each subject, and how they are told.
SOURCES: tuple[
    tuple[Callable[[Alliance], QuerySet[Any]], Callable[[Iterable[Any]], Iterable[Waiting]]], ...
] = (
    (overdue_in, _commitments),
    (_unjudged, _judgements),
    (_asked, _decisions),
    (overdue_matters, _matters),
    (_open_findings, _findings),
    (_unconfirmed, _goods),
    (_unsigned, _promises),
    (_over, _open_days),
    (_filed, _observations),
)
