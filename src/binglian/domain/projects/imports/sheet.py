"""The rows of a plan's spreadsheet as a draft."""

from __future__ import annotations

from datetime import date
from math import ceil

from django.utils.translation import gettext as _

from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.projects.cycles import cycle_in
from binglian.domain.projects.models import Lag, Link, TaskMode
from binglian.domain.projects.network_draft import DraftLink, DraftTask, NetworkDraft
from binglian.sheets.cells.words import comparable
from binglian.sheets.plans import PlanRows, TaskRow

_MODES = {
    comparable(word): kind
    for kind, words in (
        (TaskMode.Kind.COMMITMENT, ("告知承诺", "告知承诺制", "commitment")),
        (TaskMode.Kind.CONDITIONAL, ("容缺受理", "容缺", "conditional", "conditional acceptance")),
    )
    for word in words
}


def draft_of_rows(rows: PlanRows) -> NetworkDraft:
    """The draft, with every problem of the rows and what had to be decided."""
    remarks: list[str] = []
    tasks = tuple(_task(row, rows.start, remarks) for row in rows.tasks)
    links = tuple(
        DraftLink(
            before=link.before,
            after=row.number,
            link=link.link,
            least=link.least,
            most=link.most,
            lag=Lag.ELAPSED if link.days == "calendar" or link.least < 0 else Lag.WORKING,
        )
        for row in rows.tasks
        for link in row.predecessors
    )
    warnings = [str(one) for one in rows.problems if one.severity != "error"]
    return NetworkDraft(
        title=rows.title,
        tasks=tasks,
        links=links,
        starts_on=rows.start,
        errors=(*map(str, rows.errors), *circles(links)),
        remarks=(*warnings, *remarks),
    )


def circles(links: tuple[DraftLink, ...]) -> list[str]:
    """What is wrong if tasks wait for each other in a circle."""
    names = {name: n for n, name in enumerate(sorted({e for one in links for e in _ends(one)}))}
    told = {n: name for name, n in names.items()}
    ties = [(names[o.before], names[o.after]) for o in links if o.link == Link.FINISH_START]
    circle = cycle_in(ties)
    if not circle:
        return []
    way = " → ".join(told[n] for n in circle)
    return [_("任务互为前置，绕成一圈：%(tasks)s。") % {"tasks": way}]


def _ends(link: DraftLink) -> tuple[str, str]:
    return link.before, link.after


def _task(row: TaskRow, start: date | None, remarks: list[str]) -> DraftTask:
    is_elapsed = row.unit == "calendar"
    if is_elapsed and row.duration:
        said = {"number": row.number, "title": row.title}
        remarks.append(_("%(number)s %(title)s：自然日已折合成工作日。") % said)
    modes = {TaskMode.Kind.ORDINARY.value: _days(row.duration, is_elapsed=is_elapsed)}
    for mode in row.modes:
        kind = _MODES.get(comparable(mode.name))
        if kind is None:
            said = {"number": row.number, "mode": mode.name}
            remarks.append(_("%(number)s：没有“%(mode)s”这种方式，略去。") % said)
        else:
            modes[kind.value] = _days(mode.duration, is_elapsed=is_elapsed)

    def day(value: date | int | None) -> date | None:
        if isinstance(value, int):
            return add_working_days(start, value) if start else None
        return value

    return DraftTask(
        number=row.number,
        title=row.title,
        organisation=row.organisation,
        modes=modes,
        is_counted=row.counted,
        not_before_on=day(row.release),
        due_on=day(row.due),
        deadline_on=day(row.deadline),
    )


def _days(days: int, *, is_elapsed: bool) -> int:
    return ceil(days * 5 / 7) if is_elapsed else days
