"""The protection table of an alliance."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.models import ProtectionTable
from binglian.domain.heritage.protection import Table, shipped_table, table_from


def tables_of(alliance: Alliance) -> QuerySet[ProtectionTable]:
    """Every version, the newest first."""
    return alliance.protection_tables.select_related("made_by").order_by("-version")


def table_in_force(alliance: Alliance) -> tuple[Table, int]:
    """The table that holds now and its version; the shipped one is version 0."""
    newest = tables_of(alliance).first()
    return (table_from(newest.content), newest.version) if newest else (shipped_table(), 0)
