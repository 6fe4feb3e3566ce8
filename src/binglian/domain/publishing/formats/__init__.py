"""The formats a dataset can be taken away in, and the two that describe it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.dataset import Dataset

from .as_csv import as_csv
from .as_geojson import as_geojson
from .as_json import as_json
from .schemas import csvw, json_schema


@dataclass(frozen=True, slots=True)
class Format:
    """``ending`` of the address, and what the file is."""

    ending: str
    label: str
    media_type: str
    write: Callable[[Dataset, Alliance], bytes]
    #: Of the European Union's file types, e.g. ``CSV``.
    file_type: str = "JSON"
    describes: bool = False

    @property
    def content_type(self) -> str:
        """The media type with what else a reader must know."""
        return _PARAMETERS.get(self.ending, self.media_type)


_PARAMETERS = {"csv": "text/csv; charset=utf-8; header=present"}
CSV = Format("csv", "CSV", "text/csv", as_csv, "CSV")
JSON = Format("json", "JSON", "application/json", as_json)
GEOJSON = Format("geojson", "GeoJSON", "application/geo+json", as_geojson, "GEOJSON")
SCHEMA = Format(
    "schema.json", "JSON Schema", "application/schema+json", json_schema, describes=True
)
CSVW = Format("csv-metadata.json", "CSVW", "application/csvm+json", csvw, describes=True)
_ALL = {one.ending: one for one in (CSV, JSON, GEOJSON, SCHEMA, CSVW)}


def formats_of(dataset: Dataset) -> list[Format]:
    """What the rows can be had in."""
    return [CSV, JSON, *([GEOJSON] if dataset.geometry else [])]


def format_of(dataset: Dataset, ending: str) -> Format | None:
    """The format with this ending, if the dataset has it."""
    found = _ALL.get(ending)
    return found if found and (found.describes or found in formats_of(dataset)) else None
