"""The files of ``binglian plan``: plans of every format in, answers out."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.planning.formats import (
    Axis,
    Code,
    Format,
    FormatError,
    PlanFile,
    Unit,
    read_plan_file,
    recognise,
    refuse_cycle,
)
from binglian.engine.planning.formats.phrases import Language

_MOST_SHOWN = 20


def read_bytes(file: Path) -> bytes:
    """Return what a file holds. Raises ``CommandRefused`` if it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("读不了文件 %(file)s：%(why)s。") % reason) from error


def read_asked(
    file: Path, content: bytes, language: Language, *, format: str | None, start: dt.date | None
) -> PlanFile:
    """Read a plan of any format.

    Raises ``CommandRefused`` naming line and field, or sheet, row and column, of what is wrong.
    """
    try:
        chosen = Format(format) if format else recognise(content, file.name)
        if chosen is Format.SHEET:
            asked = _from_sheets(file, content, language, start)
        else:
            asked = dated(read_plan_file(content, file.name, chosen), start)
        refuse_cycle(asked)
    except FormatError as error:
        raise CommandRefused(f"{file}: {error.in_words(language)}") from error
    return asked


def date_of(text: str | None) -> dt.date | None:
    """Return the date given by ``--start``. Raises ``CommandRefused`` if it is none."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        message = _("--start 是“%(value)s”，应为日期，例如 2026-03-02。")
        raise CommandRefused(message % {"value": text}) from error


def dated(file: PlanFile, start: dt.date | None) -> PlanFile:
    """Return the plan with its first unit on ``start``, where it had no dates of its own."""
    if start is None or file.axis.origin is not None:
        return file
    return replace(file, axis=Axis(Unit.DAY, dt.datetime.combine(start, dt.time())))


def fingerprint_of(content: bytes) -> str:
    """Return what tells this file from any other."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def write(file: Path, content: Iterable[bytes]) -> None:
    """Write a file piece by piece. Raises ``CommandRefused`` if that is not possible."""
    try:
        with file.open("wb") as out:
            out.writelines(content)
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。请换一个位置。") % reason) from error


def _from_sheets(file: Path, content: bytes, language: Language, start: dt.date | None) -> PlanFile:
    # Spreadsheets speak through Django, which a plan of another format does without.
    from binglian.command import django_setup

    django_setup.prepare_words(language)
    from binglian.sheets.plans import parse_plan
    from binglian.sheets.reading import BadFile, read_workbook

    from .sheets import plan_of

    try:
        rows = parse_plan(read_workbook(content, file.name))
    except BadFile as error:
        raise CommandRefused(f"{file}: {error.message}") from error
    if rows.errors:
        raise CommandRefused(_listed([str(fault) for fault in rows.errors]))
    if not rows.tasks:
        raise FormatError(Code.NO_TASKS)
    return plan_of(rows, start)


def _listed(faults: Sequence[str]) -> str:
    lines = [*faults[:_MOST_SHOWN]]
    if len(faults) > _MOST_SHOWN:
        lines.append(_("另有 %(count)s 处。") % {"count": len(faults) - _MOST_SHOWN})
    return "\n".join(lines)
