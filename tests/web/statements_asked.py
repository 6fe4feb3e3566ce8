"""How many SQL statements a page asks: no more than ``MOST``, whoever reads it.

Counted is everything from the request's beginning to its end, session and person included, as if
nothing had been worked out before: what ``kept`` holds is forgotten before each page, and a
session is not written anew because minutes have passed. So the number is the same each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import override_settings
from django.urls import Resolver404, resolve

from binglian.domain.indicators import kept
from binglian.domain.publishing import files, freshness
from binglian.web import standing

MOST = 15
#: Pages that ask more, and how many at most. No page is added here; one that asks less is taken
#: out or gets its lower number.
OVER: dict[str, int] = {}
#: Savepoints stand in for the transactions that a request outside tests begins and ends.
_FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class Count:
    """Notes for each page that is asked for by GET the most statements of one request."""

    def __init__(self) -> None:
        self.page = ""
        self.statements = 0
        self.most: dict[str, int] = {}

    def begin(self, environ: dict[str, str], **_signal: object) -> None:
        """A request begins."""
        for once in (kept, files, freshness):
            once.forget()
        standing.pages.clear()
        self.statements = 0
        try:
            page = resolve(environ["PATH_INFO"]).view_name
        except Resolver404:
            page = ""
        self.page = page if environ["REQUEST_METHOD"] == "GET" else ""

    def end(self, **_signal: object) -> None:
        """The request has been answered, to the last byte."""
        if self.page:
            self.most[self.page] = max(self.most.get(self.page, 0), self.statements)
        self.page = ""

    def __call__(self, execute, sql, params, many, context):
        self.statements += not sql.startswith(_FRAME)
        return execute(sql, params, many, context)

    def unexpected(self) -> str:
        """Tell of pages over ``MOST`` or their own number, and of those ``OVER`` need not have."""
        return "".join(
            f"{page} asks {asked} statements, not {OVER.get(page, MOST)}\n"
            for page, asked in self.most.items()
            if asked > OVER.get(page, MOST) or (page in OVER and asked <= MOST)
        )


@contextmanager
def counting() -> Iterator[Count]:
    """Count the statements of every page that is answered in the block."""
    count = Count()
    request_started.connect(count.begin)
    request_finished.connect(count.end)
    try:
        with connection.execute_wrapper(count), override_settings(IDLE_MINUTES=24 * 60):
            yield count
    finally:
        request_started.disconnect(count.begin)
        request_finished.disconnect(count.end)
