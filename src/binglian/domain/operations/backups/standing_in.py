"""Another database in the place of the platform's own, for a while and for this thread alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def standing_in(**changes: Any) -> Iterator[BaseDatabaseWrapper]:
    """All models read and write the database of the settings as changed, e.g. another ``NAME``."""
    own = connections[DEFAULT_DB_ALIAS]
    other = type(own)({**own.settings_dict, **changes}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield other
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = own
