"""What everybody reads of findings on «supervise this project»."""

from __future__ import annotations

from typing import Any

from binglian.domain.checks.queries import public_findings
from binglian.domain.projects.models import Project


def findings_of(project: Project) -> dict[str, Any] | None:
    """What inspectors made public, the newest first; ``None`` while there is nothing."""
    found = list(public_findings(project))
    return {"findings": found} if found else None
