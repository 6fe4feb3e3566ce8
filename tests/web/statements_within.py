"""Whether a statement stays within one alliance, read from its SQL.

Rows belong to an alliance where their table refers to it, or to a table whose rows do. A
statement stays within where each such table is bound: by a constant for its alliance, its own
key or the key of another row that belongs; or by an equation with a table that is bound. What
is one person's own (``user_id``: seats, notices) is bound too: it is little, wherever it lies.
"""

import re

from django.apps import apps
from django.db.models import ForeignKey, Model

from binglian.domain.alliance.models import Alliance

ALLIANCE = Alliance._meta.db_table
_NAME = r'"?(\w+)"?\."(\w+)"'
_READS = re.compile(r'\b(?:FROM|JOIN) "(\w+)"(?: (U\d+|T\d+|[A-Z]\d*)\b)?')
_CONSTANT = re.compile(rf"{_NAME} (?:=|IN) \(?(?:'|\d|%s|\$\d)")
_EQUATION = re.compile(rf"{_NAME} (?:=|IN) \(?(?:SELECT (?:DISTINCT )?)?{_NAME}")


def _belonging() -> dict[str, set[str]]:
    """Return, for each table whose rows belong to an alliance, the columns that bind it."""
    keys: dict[type[Model], set[str]] = {Alliance: {"id", "slug"}}
    models = [model for model in apps.get_models() if model is not Alliance]
    while True:
        found = {
            model: {model._meta.pk.column, "user_id", *columns}
            for model in models
            if (columns := {f.column for f in _references(model) if f.related_model in keys})
        }
        if all(keys.get(model) == columns for model, columns in found.items()):
            return {model._meta.db_table: columns for model, columns in keys.items()}
        keys |= found


def _references(model: type[Model]) -> list[ForeignKey]:
    """Return a model's references that every row has, and any to an alliance."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and (not field.null or field.related_model is Alliance)
    ]


BINDING = _belonging()


def crossing(sql: str) -> list[str]:
    """Return the tables, by name, whose rows of all alliances a statement may look through."""
    if not sql.startswith("SELECT"):
        return []
    table_of = {alias or table: table for table, alias in _READS.findall(sql)}
    bound = {
        name
        for name, column in _CONSTANT.findall(sql)
        if column in BINDING.get(table_of.get(name, name), set())
    }
    edges = [{left, right} for left, _column, right, _other in _EQUATION.findall(sql)]
    while reached := [edge for edge in edges if edge & bound and edge - bound]:
        bound |= set().union(*reached)
    return sorted(
        table
        for name, table in table_of.items()
        if table in BINDING and table != ALLIANCE and name not in bound
    )
