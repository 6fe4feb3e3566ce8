"""One problem of a check-up, for the pages that show it."""

from __future__ import annotations

from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.checkups.actions import save_problem


def checkup_samples(alliance: Alliance, responsible: Organisation, by: User) -> dict[str, Any]:
    """A problem that a member is responsible for."""
    found = save_problem(
        alliance=alliance,
        organisation=responsible,
        by=by,
        dimension="estate",
        indicator="充电设施",
        problem="没有集中充电点",
        place="示例里",
        source="示例区体检",
        year=2026,
    )
    return {"checkup_pk": found.pk}
