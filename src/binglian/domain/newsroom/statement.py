"""A public statement as a reserved act: it goes out when the leads have agreed."""

from __future__ import annotations

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.governance.reserved import Change, ReservedAct, register
from binglian.domain.ledger.chain import digest_of

from .actions.publishing import STATEMENT, put_out_statement, send_back_statement
from .actions.steps import latest_version
from .differences import content_of, version_changes
from .models import Announcement


def _announcement(ids: list[int]) -> Announcement:
    return Announcement.objects.select_related("shown", "alliance").get(pk=ids[0])


def _changes(ids: list[int]) -> list[Change]:
    """What everybody reads now, and what they would."""
    announcement = _announcement(ids)
    when = announcement.goes_out_at
    out = localtime(when).strftime("%Y-%m-%d %H:%M") if when else _("同意后即发布")
    lines = [Change(_("发布时间"), "", out)]
    for change in version_changes(announcement.shown, latest_version(announcement)):
        before = "".join(piece.text for piece in change.pieces if piece.kind != "added")
        after = "".join(piece.text for piece in change.pieces if piece.kind != "removed")
        lines.append(Change(str(change.label), before, after))
    return lines


def _digest(ids: list[int]) -> str:
    announcement = _announcement(ids)
    version = latest_version(announcement)
    facts = {"state": announcement.state, "version": version.number, **content_of(version)}
    return digest_of(facts)


def _hold(ids: list[int]) -> None:
    rows = Announcement.objects.filter(pk__in=ids).select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def register_statements() -> None:
    register(
        ReservedAct(
            code=STATEMENT,
            label=gettext_lazy("发布公开声明"),
            subject=lambda ids: latest_version(_announcement(ids)).title,
            changes=_changes,
            digest=_digest,
            put_in_force=lambda ids: put_out_statement(announcement_id=ids[0]),
            refuse=lambda ids: send_back_statement(announcement_id=ids[0]),
            path=lambda ids: f"news/{ids[0]}/",
            hold=_hold,
        )
    )
