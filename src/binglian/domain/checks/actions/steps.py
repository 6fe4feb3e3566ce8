"""What actions on a site's books have in common."""

from __future__ import annotations

from typing import Any

from django.db import models

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.ledger.actions import record
from binglian.domain.projects.models import Project


def require_keeping(by: User, project: Project) -> None:
    """Raise ``PermissionDenied`` unless the person keeps the books of this project's site."""
    require_permission(by, Permission.KEEP_SITE_BOOKS, within=project.seat)


def note(
    by: User | None,
    act: str,
    row: models.Model,
    project: Project,
    change: dict[str, Any] | None = None,
    organisation: Organisation | None = None,
) -> None:
    """Record an act on a site's books in the chain of its alliance."""
    record(by, act, row, within=project.alliance, organisation=organisation, change=change)
