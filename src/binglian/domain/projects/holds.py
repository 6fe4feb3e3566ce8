"""Who above projects may hold a task: asked before anything is reported of it.

A subject higher in the line, such as a stop order on a site, says why no progress may be
reported of a task now::

    holds.register(stopped)   # Task -> a sentence, or None
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from binglian.domain.projects.models import Task

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Hold = Callable[[Task], "str | StrPromise | None"]
_holds: list[Hold] = []


def register(hold: Hold) -> None:
    """Ask this of every task before a report; once for each subject."""
    _holds.append(hold)


def why_held(task: Task) -> str | None:
    """Why nothing may be reported of the task now; ``None`` while nothing holds it."""
    said = (hold(task) for hold in _holds)
    return next((str(why) for why in said if why), None)
