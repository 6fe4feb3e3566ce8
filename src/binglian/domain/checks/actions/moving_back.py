"""Bringing in what happened on a site before it was entered here, with its own dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.checks.models import Donation, Finding, HandOut, Inspection, Observation
from binglian.domain.refusals import refuse_unless

from .steps import note

Moved = Donation | Finding | Inspection | Observation

_OWN: dict[type[models.Model], tuple[str, ...]] = {
    Donation: ("given_on", "entered_at", "published_at"),
    Finding: ("found_at", "issued_at", "due_on", "closed_at", "late_at"),
    Inspection: ("due_on", "done_at"),
    Observation: ("filed_at", "answered_at"),
}


@transaction.atomic
def move_back(*, row: Moved, days: int, by: User) -> Any:
    """Everything that happened to it happened so many days earlier (补录).

    For what was kept on paper or in an earlier system. Numbers stay as they were given. The
    ledger keeps when this was done and by how much; only the platform's administrator may.
    """
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    refuse_unless(days >= 0, _("只能补录过去的事。"))
    rows = type(row).objects.select_for_update(of=("self",))
    row = rows.select_related("project__alliance").get(pk=row.pk)
    if not days:
        return row
    span = timedelta(days=days)
    _shift([row], _OWN[type(row)], span)
    for part, names in _parts(row):
        _shift(part, names, span)
    note(by, f"{row._meta.model_name}.moved_back", row, row.project, {"days": days})
    return row


def _shift(rows: Iterable[models.Model], names: tuple[str, ...], span: timedelta) -> None:
    """Dates and instants alike; what is not known yet stays unknown."""
    kept = list(rows)
    for one in kept:
        for name in names:
            if (at := getattr(one, name)) is not None:
                setattr(one, name, at - span)
    if kept:
        type(kept[0])._default_manager.bulk_update(kept, names)


def _parts(row: Moved) -> Iterable[tuple[models.QuerySet[Any], tuple[str, ...]]]:
    """The rows below it, and their days and instants."""
    if isinstance(row, Finding):
        yield row.steps.all(), ("at",)
        yield row.stop_orders.all(), ("ordered_at", "lifted_at")
    if isinstance(row, Donation):
        out = HandOut.objects.filter(good__donation=row)
        yield out, ("on", "at", "confirmed_at", "taken_back_at")
