"""The three kinds of round and the periods they belong to."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from binglian.domain.refusals import ActionRefused

from .models import CouplingRun, Need

Round = CouplingRun.Round
_FORMS = {
    Round.ANNUAL: (r"\d{4}", "%Y"),
    Round.MONTHLY: (r"\d{4}-(0[1-9]|1[0-2])", "%Y-%m"),
    Round.URGENT: (r"\d{4}-(0[1-9]|1[0-2])-\d{2}", "%Y-%m-%d"),
}


def period_of(round_: str, typed: str, on: date) -> str:
    """The period as stored; an empty one is the current. Raises ``ActionRefused``."""
    pattern, written = _FORMS[Round(round_)]
    period = typed.strip() or on.strftime(written)
    if not re.fullmatch(pattern, period):
        raise ActionRefused(
            _("所属期请写成 %(example)s 的样子。") % {"example": on.strftime(written)}
        )
    return period


def needs_taken(run: CouplingRun) -> set[int] | None:
    """Ids of the needs an urgent run is for; ``None`` where it takes the whole list."""
    if run.round != Round.URGENT:
        return None
    chosen = set(run.chosen.values_list("pk", flat=True))
    if chosen:
        return chosen
    urgent = run.alliance.needs.filter(priority=Need.Priority.URGENT)
    return set(urgent.values_list("pk", flat=True))
