"""A briefing and a display for the table of routes."""

from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.indicators.actions import open_display, start_briefing


def briefing_samples(alliance: Alliance, secretariat: User) -> dict[str, Any]:
    """Its words, by the name routes have for them: a draft of this month."""
    briefing = start_briefing(alliance=alliance, on=today(), by=secretariat)
    display, secret = open_display(alliance=alliance, name="大厅", by=secretariat)
    return {
        "month": str(briefing.period),
        "figure": "needs",
        "part": "stuck",
        "display_pk": display.pk,
        "display_token": secret,
    }
