"""A dataset: whose rows, which columns, where on the map, and when it last changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published

from .columns import Column, number

#: Rows read from the database at once.
_AT_ONCE = 2000
#: Columns that GeoJSON says by its geometry.
LONGITUDE, LATITUDE = "longitude", "latitude"
#: GeoJSON geometry in WGS-84 degrees.
Geometry = dict[str, Any]


def always(_alliance: Alliance) -> bool:
    """Its rows have a rule of their own: there may be none, but the list is no secret."""
    return True


def when(what: Published) -> Callable[[Alliance], bool]:
    """Only where the alliance publishes this list."""
    return lambda alliance: alliance.publishes(what)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table anybody may take away, declared once; every format and the API follow from it.

    ``rows`` gives only what is public already, with all that the columns read, in a fixed number
    of queries; its primary key is the key of the dataset.
    """

    name: str
    title: Any
    description: Any
    #: Of the European Union's data themes, e.g. ``GOVE``.
    theme: str
    keywords: tuple[Any, ...]
    rows: Callable[[Alliance], QuerySet[Any]]
    columns: tuple[Column, ...]
    #: How the acts of the ledger begin that change it, e.g. ``offer.``.
    acts: tuple[str, ...]
    is_public: Callable[[Alliance], bool] = always
    #: Where a row is; ``None`` for a dataset without places.
    geometry: Callable[[Any], Geometry | None] | None = None
    #: Whether it tells of days gone by, and so changes at midnight too.
    changes_daily: bool = False
    #: Columns by which the API filters → the field of the query.
    filters: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.title)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def read(self, row: Any) -> dict[str, Any]:
        """One row as JSON has it. The same for every reader, whatever their language."""
        with override("zh-hans"):
            return {column.name: column.read(row) for column in self.columns}

    def place(self, row: Any) -> Geometry | None:
        return self.geometry(row) if self.geometry else None

    def each(self, alliance: Alliance) -> Iterator[Any]:
        """Every row, oldest first."""
        if self.is_public(alliance):
            yield from self.rows(alliance).order_by("pk").iterator(chunk_size=_AT_ONCE)


def point(longitude: float | None, latitude: float | None) -> Geometry | None:
    """A place as GeoJSON has it, or none."""
    if longitude is None or latitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


def located(geometry: Callable[[Any], Geometry | None]) -> tuple[Column, Column]:
    """The columns of a dataset of points, for formats that know no places."""

    def of(axis: int) -> Callable[[Any], Any]:
        return lambda row: (geometry(row) or {"coordinates": (None, None)})["coordinates"][axis]

    return (
        number(LONGITUDE, _("经度（WGS-84）"), of(0)),
        number(LATITUDE, _("纬度（WGS-84）"), of(1)),
    )
