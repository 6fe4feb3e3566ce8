"""What waits for the reader, under the heading of what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import awaited_matters, proposed_leads
from binglian.web.access import seats_held

from .acts import ACTS, Act
from .reader import Reader
from .steps import Step, steps_of, with_parts

#: So many at once, the first to be due; a longer queue ends in a link to the list.
MOST = 50


@dataclass(slots=True)
class Queue:
    """Steps of one kind, the first to be due first."""

    name: str
    act: Act
    steps: list[Step] = field(default_factory=list)

    @property
    def proposals(self) -> list[tuple[Step, Organisation | None]]:
        """The steps of the intake queue, each with who would lead by the catalogue."""
        matters = [step.matter for step in self.steps]
        leads = proposed_leads(matters[0].alliance, matters) if matters else {}
        return [(step, leads.get(step.matter.pk)) for step in self.steps]


def awaited_in(request: HttpRequest, reader: Reader) -> list[Queue]:
    """The reader's queues that hold something, the most pressing kind first."""
    matters = awaited_matters(reader.user, seats_held(request)).filter(alliance=reader.alliance)
    return queues_of(reader, with_parts(matters)[:MOST])


def queues_of(reader: Reader, matters: Iterable[Matter]) -> list[Queue]:
    """Each matter in the queue of its first awaited step."""
    queues = {name: Queue(name, act) for name, act in ACTS.items() if act.waits}
    for matter in matters:
        step = next(steps_of(reader, matter, awaited=True), None)
        if step:
            queues[step.name].steps.append(step)
    return [queue for queue in queues.values() if queue.steps]


def waiting_of(user: User) -> list[tuple[Alliance, list[Queue]]]:
    """The reader's queues in each alliance where one holds something, for the home page."""
    by_alliance: dict[Alliance, list[Matter]] = {}
    for matter in with_parts(awaited_matters(user))[:MOST]:
        by_alliance.setdefault(matter.alliance, []).append(matter)
    found = [
        (alliance, queues_of(Reader(user, alliance), matters))
        for alliance, matters in by_alliance.items()
    ]
    return [(alliance, queues) for alliance, queues in found if queues]
