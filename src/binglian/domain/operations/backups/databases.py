"""The database at hand, whichever it is: SQLite and PostgreSQL offer the same functions here."""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from binglian.domain.refusals import refuse_unless

from . import postgresql, sqlite


def at_hand() -> ModuleType:
    """``snapshot``, ``is_empty``, ``scratch`` and ``put_back`` of the platform's own database."""
    return sqlite if connection.vendor == sqlite.KIND else postgresql


def of_kind(kind: str, told: str) -> ModuleType:
    """The same, refused with ``told`` where the backup is of the other database."""
    database = at_hand()
    refuse_unless(kind == database.KIND, told)
    return database
