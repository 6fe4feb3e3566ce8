"""What a dataset's columns are, for programs: JSON Schema, and CSV on the Web."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import override

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.columns import SEPARATOR, Column, Kind
from binglian.domain.publishing.dataset import Dataset

_JSON_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
}


def in_chinese(text: Any) -> str:
    with override("zh-hans"):
        return str(text)


def in_english(text: Any) -> str:
    with override("en"):
        return str(text)


def item_schema(dataset: Dataset) -> dict[str, Any]:
    """One row as JSON Schema: every column is there, ``null`` where it is not known."""
    return {
        "type": "object",
        "properties": {column.name: _property(column) for column in dataset.columns},
        "required": dataset.names,
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    said = {"title": in_english(column.label), "description": in_chinese(column.label)}
    if column.words is None:
        kind = _JSON_TYPES[column.kind]
        return {**kind, "type": [kind["type"], "null"], **said}
    codes = [
        {"const": code, "title": in_english(label), "description": in_chinese(label)}
        for code, label in column.words()
    ]
    return {"oneOf": [*codes, {"type": "null"}], **said}


def json_schema(dataset: Dataset, alliance: Alliance) -> bytes:
    """Of the whole JSON file, draft 2020-12."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{alliance.name_en or alliance.name}: {in_english(dataset.title)}",
        "description": in_chinese(dataset.description),
        "type": "array",
        "items": item_schema(dataset),
    }
    return _written(schema)


def csvw(dataset: Dataset, alliance: Alliance) -> bytes:
    """Of the CSV file beside it: https://www.w3.org/TR/tabular-metadata/."""
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": f"{dataset.name}.csv",
        "dc:title": f"{alliance.name} {in_chinese(dataset.title)}",
        "dc:description": in_chinese(dataset.description),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "primaryKey": dataset.columns[0].name,
            "columns": [_csvw_column(column) for column in dataset.columns],
        },
    }
    return _written(metadata)


def _csvw_column(column: Column) -> dict[str, Any]:
    titles = {"en": column.name, "zh": in_chinese(column.label)}
    said = {"name": column.name, "titles": titles, "dc:description": in_english(column.label)}
    if column.kind is Kind.TEXTS:
        return {**said, "datatype": "string", "separator": SEPARATOR}
    if column.words is not None:
        codes = "|".join(str(code) for code, _label in column.words())
        return {**said, "datatype": {"base": "string", "format": codes}}
    return {**said, "datatype": column.kind.value}


def _written(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
