"""Bringing in what was handled before it was entered here, with its own dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.ledger.actions import record
from binglian.domain.matters.models import Matter, Revisit, WhistleCall
from binglian.domain.refusals import refuse_unless

from .due_dates import set_due
from .steps import locked

_OWN = (
    "reported_at", "dispatched_at", "counted_from", "contact_due_at", "contacted_at", "due_at",
    "replied_at", "closed_at",
)  # fmt: skip


@transaction.atomic
def move_back(*, matter: Matter, days: int, by: User) -> Matter:
    """Everything that happened to a matter happened so many days earlier (补录).

    For matters taken over from paper or from an earlier system: each span between two steps
    stays what it is, only the deadline is counted anew by the days of that time. The ledger keeps
    when this was done and by how much; only the platform's administrator may.
    """
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    refuse_unless(days >= 0, _("只能补录过去的诉求。"))
    matter = locked(matter)
    if not days:
        return matter
    span = timedelta(days=days)
    for name in _OWN:
        if (at := getattr(matter, name)) is not None:
            setattr(matter, name, at - span)
    for rows, names in _parts(matter):
        rows.update(**{name: F(name) - span for name in names})
    extended_to = matter.due_at
    if matter.period:
        set_due(matter)
    _tell_extensions_anew(matter, extended_to)
    matter.save()
    record(by, "matter.moved_back", matter, within=matter.alliance, change={"days": days})
    return matter


def _tell_extensions_anew(matter: Matter, moved: datetime | None) -> None:
    """The extension that still decides the deadline says the deadline as counted anew."""
    told = matter.events.filter(what="extended").order_by("pk")
    for extension, event in zip(matter.extensions.order_by("pk"), told, strict=True):
        if extension.due_after == moved and matter.due_at:
            extension.due_after = matter.due_at
            extension.save(update_fields=["due_after"])
        event.facts["until"] = f"{localtime(extension.due_after):%Y-%m-%d}"
        event.save(update_fields=["facts"])


def _parts(matter: Matter) -> Iterable[tuple[QuerySet[Any], tuple[str, ...]]]:
    """The rows below a matter and their instants; unknown ones stay unknown."""
    calls: QuerySet[Model] = WhistleCall.objects.filter(whistle__matter=matter)
    yield matter.events.all(), ("at",)
    yield matter.assignments.all(), ("sent_at", "accepted_at", "reported_at")
    yield matter.pauses.all(), ("from_at", "until_at")
    yield matter.parkings.all(), ("at", "ended_at")
    yield matter.extensions.all(), ("at", "due_before", "due_after")
    yield matter.replies.all(), ("at", "reviewed_at")
    yield Revisit.objects.filter(reply__matter=matter), ("at",)
    yield matter.whistles.all(), ("drafted_at", "signed_at")
    yield calls, ("arrive_by", "arrived_at", "result_due_at", "result_at")
