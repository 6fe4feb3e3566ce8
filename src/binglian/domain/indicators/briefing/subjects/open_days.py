"""Sites under residents' eyes: open days, and what supervisors saw."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from binglian.domain.checks.models import OpenDay
from binglian.domain.indicators.briefing.telling import Count, Subject, Told, day, since
from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records
from binglian.domain.indicators.records.commitments import day_of

State = OpenDay.State


def _held(records: Records, period: Period) -> Iterator[Case]:
    for row, starts_at, state in records.books.open_days:
        if state == State.HELD and day_of(starts_at) in period:
            yield Case(row.title_zh, note=row.project.title_zh, path=_path(row))


def _answered(records: Records, period: Period) -> Iterator[Case]:
    for row, answered_on in records.books.observations:
        if answered_on in period:
            yield Case(str(row), path=f"observations/{row.pk}/")


def _done(records: Records, period: Period) -> Iterator[Told]:
    for row, starts_at, state in records.books.open_days:
        on = day_of(starts_at)
        if state == State.HELD and on in period:
            text = f"“{row.project.title_zh}”举办“{row.title_zh}”，现场问答已公开。"
            yield Told(_path(row), text, on, day(on), _path(row))


def _stuck(records: Records, _period: Period) -> Iterator[Told]:
    """A day over without its record; a supervisor without an answer."""
    for row, starts_at, state in records.books.open_days:
        on = day_of(starts_at)
        if state == State.ANNOUNCED and on < records.on:
            text = f"等{row.project.owner.name}公开“{row.title_zh}”的现场问答。"
            yield Told(_path(row), text, on, since(on, records.on), _path(row))
    for seen, answered_on in records.books.observations:
        if answered_on is None:
            on, path = day_of(seen.filed_at), f"observations/{seen.pk}/"
            text = f"等{seen.project.owner.name}答复对“{seen.project.title_zh}”的监督意见。"
            yield Told(path, text, on, since(on, records.on), path)


def _ahead(records: Records, period: Period) -> Iterator[Told]:
    for row, starts_at, state in records.books.open_days:
        on = day_of(starts_at)
        if state == State.ANNOUNCED and on in period and starts_at > records.as_of:
            when = f"{day(on)} {localtime(starts_at):%H:%M}"
            text = f"“{row.project.title_zh}”举办“{row.title_zh}”，公众可报名。"
            yield Told(_path(row), text, on, when, _path(row))


def _path(row: OpenDay) -> str:
    return f"open-days/{row.pk}/"


OPEN_DAYS = Subject(
    counts=(
        Count("open_days", _("举办的工地开放日"), _held, is_optional=True),
        Count("observations", _("答复的监督意见"), _answered, is_optional=True),
    ),
    done=_done,
    stuck=_stuck,
    ahead=_ahead,
)
