"""The answer as files: JSON, MS Project XML, a workbook."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.planning.formats import PlanFile
from binglian.engine.planning.formats.mspdi import write_mspdi

from .answers import Answer


def require_dates(files: Iterable[Path], asked: PlanFile) -> None:
    """Refuse early, before anything is solved, what cannot be written without dates."""
    if asked.axis.origin is None and any(file.suffix.lower() == ".xml" for file in files):
        raise CommandRefused(_("MS Project 文件需要日期。请用 --start 指明计划开始日期。"))


def json_text(answer: Answer) -> Iterator[bytes]:
    """Yield the document piece by piece, a key to a line."""
    opening = "{\n"
    for key, value in answer.as_json().items():
        yield f"{opening}  {_json(key)}: {_json(value)}".encode()
        opening = ",\n"
    yield b"\n}\n"


def plan_file(answer: Answer, file: Path, language: str) -> bytes:
    """Return the plan in the format that the file's ending asks for."""
    if answer.plan is None:
        raise ValueError("there is no plan to write")
    if file.suffix.lower() == ".xml":
        return write_mspdi(answer.file, answer.plan, answer.why.critical)
    from binglian.command import django_setup

    django_setup.prepare_words(language)
    from .workbook import workbook

    return workbook(answer, language)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
