"""Sending a briefing as a reserved act."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.governance.reserved import Change, ReservedAct, register

from .actions.briefings import SENDING, content_digest, send_back_briefing, send_briefing
from .briefing.composing import PARTS, Composition
from .briefing.wording import filled
from .models import Briefing


def _briefing(ids: list[int]) -> Briefing:
    return Briefing.objects.select_related("alliance").get(pk=ids[0])


def _changes(ids: list[int]) -> list[Change]:
    """Every figure beside the last month's, and what was written."""
    version = _briefing(ids).latest
    composition = Composition.from_json(version.composition)
    figures = [Change(one.label, one.before, one.now) for one in composition.figures]
    texts = [
        Change(PARTS[name][0], "", filled(text, composition))
        for name, text in version.texts.items()
        if text
    ]
    return [Change(_("版本"), "", str(version.number)), *figures, *texts]


def _digest(ids: list[int]) -> str:
    return content_digest(_briefing(ids).latest)


def _hold(ids: list[int]) -> None:
    rows = Briefing.objects.filter(pk__in=ids).select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def register_sending() -> None:
    register(
        ReservedAct(
            code=SENDING,
            label=gettext_lazy("报送月度简报"),
            subject=lambda ids: str(_briefing(ids)),
            changes=_changes,
            digest=_digest,
            put_in_force=lambda ids: send_briefing(briefing_id=ids[0]),
            refuse=lambda ids: send_back_briefing(briefing_id=ids[0]),
            path=lambda ids: f"briefings/{_briefing(ids).period}/",
            hold=_hold,
        )
    )
