"""A stop order holds the tasks of its project until somebody consents."""

from __future__ import annotations

from django.utils.translation import gettext as _

from binglian.domain.projects.models import Task

from .queries.findings import stop_order_over


def why_stopped(task: Task) -> str | None:
    """What to tell whoever reports work on a task that stands still."""
    order = stop_order_over(task)
    if order is None:
        return None
    return _("已责令停工（%(number)s：%(scope)s），同意复工前不能报告施工进展。") % {
        "number": order.finding.number,
        "scope": order.scope,
    }
