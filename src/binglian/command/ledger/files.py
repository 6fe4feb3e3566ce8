"""Files and keys that a verb is given."""

from pathlib import Path
from typing import TYPE_CHECKING

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _

if TYPE_CHECKING:
    from binglian.domain.ledger.statements import Statement


def text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("读不了文件 %(file)s：%(why)s。") % reason) from error
    except UnicodeDecodeError as error:
        raise CommandRefused(_("文件 %(file)s 不是 UTF-8 文本。") % {"file": file}) from error


def statement_in(file: Path) -> "Statement":
    from binglian.domain.ledger.statements import Statement

    try:
        return Statement.from_json(text_of(file))
    except ValueError as error:
        raise CommandRefused(f"{file}: {error}") from error


def key_given(key: str | None) -> str | None:
    """The public key of ``--key`` in hexadecimal: a PEM file, or the digits themselves."""
    from binglian.domain.ledger.statements import is_hex, public_key_from

    if key is None:
        return None
    try:
        return public_key_from(key if is_hex(key.lower(), 64) else text_of(Path(key)))
    except ValueError as error:
        raise CommandRefused(f"--key {key}: {error}") from error
