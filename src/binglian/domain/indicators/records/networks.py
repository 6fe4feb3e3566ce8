"""Tasks and their order as they stood at an instant: later acts on them are undone, one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from binglian.domain.alliance.models import Organisation
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.models import Task

from .bodies import pk_by_name

_ACTS = (
    "task.entered", "task.changed", "task.removed", "task.reported", "task.precedence_set",
    "task.precedence_removed", "project.network_generated",
)  # fmt: skip


class Tie(NamedTuple):
    """``after`` waits for ``before``, by the link between them."""

    before_id: int
    after_id: int
    link: str


class Networks:
    """The networks of all projects of an alliance; one statement more to undo names.

    Parameters
    ----------
    ties
        As they are now: before, after, link.
    acts
        What :func:`network_acts` gives.
    modes
        The ways of each task, by its key.
    """

    def __init__(
        self,
        ties: Iterable[tuple[int, int, str]],
        acts: Iterable[tuple[str, str, str]],
        modes: Mapping[int, Mapping[str, int]],
    ) -> None:
        self._ties = {Tie(*row) for row in ties}
        self._modes = modes
        self._not_yet: set[int] = set()
        self._still: set[int] = set()
        self._facts: dict[int, dict[str, Any]] = {}
        for act, pk, change in acts:
            self._undo(act, int(pk), json.loads(change))

    def _undo(self, act: str, pk: int, change: dict[str, Any]) -> None:
        self._ties |= {Tie(*one) for one in change.get("untied", ())}
        self._ties -= {Tie(*one) for one in change.get("tied", ())}
        if act == "task.entered":
            self._not_yet.add(pk)
        elif act == "task.removed":
            self._still.add(pk)
        elif act == "project.network_generated":
            self._not_yet.update(change.get("tasks", ()))
        elif act in ("task.changed", "task.reported"):
            was = {name: both[0] for name, both in change.items() if isinstance(both, list)}
            self._facts.setdefault(pk, {}).update(was)

    def holds(self, task: Task) -> bool:
        """Whether the task belonged to its network."""
        return task.pk not in self._not_yet and (task.dropped_on is None or task.pk in self._still)

    @property
    def ties(self) -> list[Tie]:
        return sorted(self._ties)

    def doer_id(self, task: Task) -> int | None:
        said = self._was(task, "organisation", task.organisation_id)
        return self._organisations.get(said) if isinstance(said, str) else said

    def is_counted(self, task: Task) -> bool:
        return str(self._was(task, "is_counted", task.is_counted)) == "True"

    def not_before_on(self, task: Task) -> date | None:
        said = self._was(task, "not_before_on", task.not_before_on)
        return (
            None if said == "None" else date.fromisoformat(said) if isinstance(said, str) else said
        )

    def days(self, task: Task) -> int:
        """Working days of the way in which it was done; of the longest where none was chosen."""
        modes = self._was(task, "modes", None)
        if modes is None:
            days = dict(self._modes.get(task.pk, {}))
        else:
            days = {mode["kind"]: mode["days"] for mode in modes}
        return days.get(self._was(task, "mode", task.mode), max(days.values(), default=0))

    def _was(self, task: Task, name: str, now: Any) -> Any:
        return self._facts.get(task.pk, {}).get(name, now)

    @cached_property
    def _organisations(self) -> dict[str, int]:
        return pk_by_name(Organisation.objects.only("name", "name_en"))


def network_acts(slug: str, as_of: datetime) -> QuerySet[LedgerEntry, tuple[str, str, str]]:
    """Acts on tasks and their order after an instant, the latest first."""
    later = LedgerEntry.objects.filter(chain=slug, at__gt=as_of, act__in=_ACTS)
    return later.order_by("-number").values_list("act", "object_id", "change")
