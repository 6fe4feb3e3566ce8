"""What everybody reads of findings on «supervise this project»."""

from __future__ import annotations

from typing import Any

from binglian.domain.checks.queries import public_findings
from binglian.domain.projects.models import Project
from binglian.domain.together import Reader


def findings_of(project: Project) -> Reader[dict[str, Any] | None]:
    """What inspectors made public, the newest first; ``None`` while there is nothing."""
    [found] = yield (public_findings(project),)
    return {"findings": found} if found else None
