"""What is awaited from whom. A further subject is one function here and its name in ``SOURCES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.coupling.queries import BOTH_SIDES, overdue_in
from binglian.domain.governance.models import Decision
from binglian.domain.matters.queries.awaiting import overdue_matters
from binglian.domain.projects.queries import awaited_in


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: for whom, and since when.

    Attributes
    ----------
    what
        What the organisation is to do, in a few words.
    path
        Where the record is, within the pages of its alliance.
    """

    whom: Organisation
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


SOURCES: tuple[Callable[[Alliance], Iterable[Waiting]], ...] = (
    _tasks, _commitments, _judgements, _decisions, _matters
)  # fmt: skip
