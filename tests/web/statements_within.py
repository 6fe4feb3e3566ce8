"""Whether a statement stays within one alliance, read from its SQL.

Rows belong to an alliance where their table refers to it, or to a table whose rows do. A
statement stays within where each such table is bound: by a constant for its alliance, its own
key or the key of another row that belongs; or by an equation with a table that is bound. What
is one person's own (seats, notices, what is delegated to them) is bound too: it is little,
wherever it lies. The reading is by patterns: of two subqueries under one alias (``U0``) it sees
the last only.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.signals import request_started
from django.db import connection
from django.db.models import ForeignKey, Model

from binglian.domain.alliance.crossing import why_crossing
from binglian.domain.alliance.models import Alliance
from binglian.domain.together import ARM

ALLIANCE = Alliance._meta.db_table
OWN = {"user_id", "delegate_id"}
_NAME = r'"?(\w+)"?\."(\w+)"'
_READS = re.compile(r'\b(?:FROM|JOIN) "(\w+)"(?: (U\d+|T\d+|[A-Z]\d*)\b)?')
# PostgreSQL is asked for several keys as ("table"."id") IN ((1), (2)).
_CONSTANT = re.compile(rf"{_NAME}\)? (?:(?:=|IN) \(*(?:'|\d|%s|\$\d)|IS NULL)")
_EQUATION = re.compile(rf"{_NAME} (?:=|IN) \(?(?:SELECT (?:DISTINCT )?)?{_NAME}")


def _belonging() -> dict[str, set[str]]:
    """Return, for each table whose rows belong to an alliance, the columns that bind it."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model is not Alliance
    ]
    belonging: set[type[Model]] = {Alliance}
    while found := {m for m in models if m not in belonging and _belongs(m, belonging)}:
        belonging |= found
    return {model._meta.db_table: _binding(model, belonging) for model in belonging}


def _belongs(model: type[Model], belonging: set[type[Model]]) -> bool:
    """Whether every row refers to one that belongs, or any to an alliance."""
    return any(
        field.related_model is Alliance or (field.related_model in belonging and not field.null)
        for field in _references(model)
    )


def _binding(model: type[Model], belonging: set[type[Model]]) -> set[str]:
    """Return the columns that are keys of one row, of a row that belongs, or of a person."""
    own = {field.column for field in model._meta.concrete_fields if field.unique}
    others = {f.column for f in _references(model) if f.related_model in belonging}
    return own | others | OWN


def _references(model: type[Model]) -> list[ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


BINDING = _belonging()


def crossing(sql: str) -> list[str]:
    """Return the tables, by name, whose rows of all alliances a statement may look through.

    Lists asked together are looked at one by one.
    """
    if not sql.startswith("SELECT"):
        return []
    return sorted({table for arm in sql.split(ARM) for table in _crossing(arm)})


def _crossing(sql: str) -> list[str]:
    table_of = {alias or table: table for table, alias in _READS.findall(sql)}
    bound = {
        name
        for name, column in _CONSTANT.findall(sql)
        if column in BINDING.get(table_of.get(name, name), set())
    }
    edges = [{left, right} for left, _column, right, _other in _EQUATION.findall(sql)]
    while reached := [edge for edge in edges if edge & bound and edge - bound]:
        bound |= set().union(*reached)
    return [
        table
        for name, table in table_of.items()
        if table in BINDING and table != ALLIANCE and name not in bound
    ]


class Watch:
    """Notes which statements of GET requests cross alliances without a reason, and on which page.

    Each statement is looked at once, however often it is asked.
    """

    def __init__(self) -> None:
        self.path = ""
        self.known: set[tuple[str, str]] = set()
        #: By tables and statement, the first page that asks it.
        self.crossing: dict[tuple[str, ...], str] = {}

    def begin(self, environ: dict[str, str], **_signal: object) -> None:
        """A request begins."""
        is_read = environ["REQUEST_METHOD"] == "GET"
        self.path = environ["PATH_INFO"] if is_read else ""

    def __call__(self, execute, sql, params, many, context):
        if self.path and sql.startswith("SELECT") and (sql, why_crossing()) not in self.known:
            self.known.add((sql, why_crossing()))
            if not why_crossing() and (tables := crossing(sql)):
                self.crossing[*tables, sql] = self.path
        return execute(sql, params, many, context)


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch every request that is answered in the block."""
    watch = Watch()
    request_started.connect(watch.begin)
    try:
        with connection.execute_wrapper(watch):
            yield watch
    finally:
        request_started.disconnect(watch.begin)
