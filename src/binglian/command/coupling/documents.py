"""The files of ``binglian couple``: problems, earlier answers, prices."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.explaining.wording import Language
from binglian.engine.coupling.form import (
    PRICES_SCHEMA,
    FormRefused,
    read_prices,
    read_problem,
    read_result,
)
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.result import Prices

from .asked import Asked, fingerprint_of, read_bytes
from .lists import lists_in


def read_asked(file: Path, language: Language) -> Asked:
    """Read a problem from its JSON form, or the two lists from a spreadsheet.

    Raises ``CommandRefused`` with every fault of the file.
    """
    content = read_bytes(file)
    if file.suffix.lower() != ".json" and content.lstrip()[:1] != b"{":
        return lists_in(content, file)
    try:
        read = read_problem(content)
    except FormRefused as refused:
        raise CommandRefused(in_file(file, refused, language)) from refused
    problem = read.problem
    return Asked(
        problem,
        fingerprint_of(content),
        offer_rows=range(1, len(problem.offers) + 1),
        need_rows=range(1, len(problem.needs) + 1),
        measures=read.measures,
    )


def read_warm(
    files: Sequence[Path], asked: Asked, language: Language
) -> tuple[Supplies | None, Prices | None, int]:
    """Read an earlier answer and earlier prices; also say how many of its supplies are gone."""
    supplies, prices, gone = None, None, 0
    for file in files:
        content = read_bytes(file)
        try:
            if PRICES_SCHEMA.encode() in content[:4096]:
                prices = read_prices(content, asked.problem, asked.measures)
            else:
                found = read_result(content, asked.problem, asked.measures)
                supplies, gone = found.supplies, len(found.strangers)
                prices = prices or found.prices
        except FormRefused as refused:
            raise CommandRefused(in_file(file, refused, language)) from refused
    return supplies, prices, gone


def in_file(file: Path, refused: FormRefused, language: Language) -> str:
    """Return the faults of a file, one per line."""
    return _("%(file)s 有 %(count)s 处需要改正：\n%(faults)s") % {
        "file": file,
        "count": refused.count,
        "faults": refused.in_words(language),
    }


def write(file: Path, content: Iterable[bytes]) -> None:
    """Write a file piece by piece. Raises ``CommandRefused`` if that is not possible."""
    try:
        with file.open("wb") as out:
            out.writelines(content)
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。请换一个位置。") % reason) from error
