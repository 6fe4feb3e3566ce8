"""Where the rows of all alliances are looked through on purpose, and why.

Rows lie by alliance, so that a city can be split by it (docs/adr/0010). A query that does not name
one would ask every part: it says so here, and a test that walks every page finds those that do not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_why: ContextVar[str] = ContextVar("why_crossing", default="")


@contextmanager
def crossing_alliances(reason: str) -> Iterator[None]:
    """Say why what is asked in this block, or by this view, needs the rows of all alliances."""
    before = _why.set(reason)
    try:
        yield
    finally:
        _why.reset(before)


def why_crossing() -> str:
    """Return the reason that is in force here, "" for none."""
    return _why.get()
