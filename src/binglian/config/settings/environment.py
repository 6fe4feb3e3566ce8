"""What the environment says, read once, and the mode of the platform.

Every variable is read through these functions, so that a test can compare ``READ`` with the table
of the operator's guide, and so that one start names everything that is missing.
"""

import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from binglian.whole_files import write_new

#: Names of the variables read so far.
READ: set[str] = set()
#: What must never stand in a log.
SECRETS: list[str] = []
#: One sentence for each variable that is missing or cannot be understood.
_WRONG: list[str] = []


def text(name: str, default: str = "") -> str:
    """The variable, or ``default`` where it is absent or empty."""
    READ.add(name)
    return os.environ.get(name, "") or default


def secret(name: str) -> str:
    """Like ``text``; the value never stands in a log."""
    value = text(name)
    SECRETS.append(value)
    return value


def number(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    said = text(name, str(default)).strip()
    if said.isascii() and said.isdigit():
        return int(said)
    _WRONG.append(f"{name} is {said!r}: write a whole number such as {default}.")
    return default


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of ``choices``; the first where nothing is said."""
    said = text(name, choices[0])
    if said not in choices:
        _WRONG.append(f"{name} is {said!r}; choose one of {', '.join(choices)}.")
        return choices[0]
    return said


def names(name: str) -> list[str]:
    """Values separated by commas or blanks."""
    return text(name).replace(",", " ").split()


def sorted_digests(name: str) -> Path | None:
    """A file whose lines begin with SHA-1 digests in hexadecimal; its first is looked at."""
    said = text(name)
    if not said:
        return None
    try:
        with Path(said).open("rb") as lines:
            first = lines.readline(80)
    except OSError as error:
        wrong(f"{name}: {said} cannot be read ({error.strerror}).")
        return None
    if not re.fullmatch(rb"[0-9A-Fa-f]{40}(:\d+)?\s*", first):
        wrong(f"{name}: {said} does not begin with a SHA-1 digest in hexadecimal.")
    return Path(said)


def required(name: str, purpose: str) -> str:
    """What production has no default for."""
    value = secret(name) if name.endswith("_KEY") else text(name)
    if not value:
        wrong(f"{name} is not set: {purpose}. See docs/guides/operator.md.")
    return value


def wrong(sentence: str) -> None:
    """Note what is not in order; the start goes on, to find the rest."""
    _WRONG.append(sentence)


def refuse_what_is_wrong() -> None:
    """Raise ``ImproperlyConfigured`` with everything noted, one sentence a line."""
    if _WRONG:
        raise ImproperlyConfigured("\n".join(_WRONG))


def kept_secret(name: str) -> str:
    """A secret made once and kept in a file of ``DATA`` only this user can read."""
    path = DATA / name
    if not path.exists():
        write_new(path, secrets.token_urlsafe(50).encode())
    return path.read_text()


MODE = one_of("BINGLIAN_MODE", ("production", "demo", "development", "test"))
refuse_what_is_wrong()  # nothing else can be judged without it
PRODUCTION = MODE == "production"
DEBUG = MODE == "development"
DEMO = MODE == "demo"

#: Where the database file, keys and outgoing test mail live when nothing else is configured.
DATA = Path(text("BINGLIAN_DATA", str(Path.home() / ".local/share/binglian" / MODE)))

PACKAGE = Path(__file__).resolve().parent.parent.parent
