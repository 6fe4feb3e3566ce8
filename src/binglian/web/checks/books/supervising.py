"""What the page «supervise this project» shows of a site's books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from binglian.domain.checks.models import OpenDay
from binglian.domain.checks.queries import (
    coming,
    past,
    public_donations,
    public_observations,
    public_open_days,
    public_promises,
    totals_of,
)
from binglian.domain.projects.models import Project
from binglian.domain.together import Reader

MOST_PAST = 5
MOST_OBSERVATIONS = 20


def open_days_of(project: Project) -> Reader[Mapping[str, Any] | None]:
    """Open days to come, and what was asked on the last ones."""
    days = public_open_days(project.alliance).filter(project=project)
    held = past(days).exclude(state=OpenDay.State.CANCELLED)
    ahead, over = yield coming(days), held[:MOST_PAST]
    return {"coming": ahead, "past": over} if ahead or over else None


def books_of(project: Project) -> Reader[Mapping[str, Any] | None]:
    """What the site was given, and the promises beside its contracts."""
    donations, promises = yield (
        public_donations(project.alliance).filter(project=project, state="published"),
        public_promises(project.alliance).filter(contract__project=project),
    )
    if not donations and not promises:
        return None
    return {"donations": donations, "totals": totals_of(donations), "promises": promises}


def observations_of(project: Project) -> Reader[Mapping[str, Any] | None]:
    """What residents' supervisors saw and were answered."""
    [shown] = yield (public_observations(project).defer("photo")[:MOST_OBSERVATIONS],)
    return {"observations": shown} if shown else None
