"""The datasets, page by page: each operation follows from the dataset's own declaration."""

# No postponed annotations here: the types of each operation are made as it is.
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from binglian.domain.clients.queries import alliances_open_to_clients
from binglian.domain.publishing.columns import Column, Kind
from binglian.domain.publishing.dataset import Dataset
from binglian.domain.publishing.datasets import DATASETS
from binglian.domain.publishing.formats.schemas import in_english

from .answers import Slug, answers
from .paging import Cursor, Limit, page_of

router = Router()
#: These have operations of their own.
_APART = ("matters",)
_LARGEST = 2**31 - 1
_TYPES: dict[Kind, Any] = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.NUMBER: float,
    Kind.BOOLEAN: bool,
    # As the files have them: ISO 8601.
    Kind.DATE: str,
    Kind.INSTANT: str,
    Kind.TEXTS: list[str],
}
_Number = Annotated[int, Query(ge=1, le=_LARGEST)]
_Word = Annotated[str, Query(pattern=r"^[^\x00]*$", max_length=60)]


def _codes(column: Column) -> Any:
    return Literal[tuple(str(code) for code, _label in column.words())] if column.words else None


def _row_of(dataset: Dataset) -> Any:
    """One row; what is not known is ``null``."""
    fields: dict[str, Any] = {
        column.name: (
            (_codes(column) or _TYPES[column.kind]) | None,
            Field(None, description=in_english(column.label)),
        )
        for column in dataset.columns
    }
    return create_model(f"{dataset.name.capitalize()}Row", __base__=Schema, **fields)


def _wanted_of(dataset: Dataset) -> Any:
    """The filters, and which page."""
    columns = {column.name: column for column in dataset.columns}
    fields: dict[str, Any] = {}
    for name in dataset.filters:
        column = columns.get(name)
        is_text = column is not None and column.kind is Kind.TEXT
        kind = (_codes(column) if column else None) or (_Word if is_text else _Number)
        fields[name] = (kind | None, None)
    fields |= {"cursor": (Cursor, None), "limit": (Limit, 50)}
    return create_model(f"Wanted{dataset.name.capitalize()}", __base__=Schema, **fields)


def _serve(dataset: Dataset) -> None:
    # Made from the dataset's declaration, so the type checker cannot know these as types.
    row, wanted_of = _row_of(dataset), _wanted_of(dataset)
    page = create_model(
        f"{dataset.name.capitalize()}Page",
        __base__=Schema,
        items=(list[row], ...),  # type: ignore[valid-type]
        next=(str | None, None),
    )

    @router.get(
        f"/{{slug}}/{dataset.name}",
        response=answers(page),
        url_name=f"list_{dataset.name}",
        operation_id=f"list_{dataset.name}",
        summary=in_english(dataset.title),
        description=f"{in_english(dataset.description)} The newest first.",
        tags=["datasets"],
    )
    def listing(request: HttpRequest, slug: Slug, wanted: Query[wanted_of]) -> Any:  # type: ignore[valid-type]
        alliance = get_object_or_404(alliances_open_to_clients(), slug=slug)
        rows = dataset.rows(alliance)
        asked = wanted.model_dump()  # type: ignore[attr-defined]
        for name, field in dataset.filters.items():
            if asked[name] is not None:
                rows = rows.filter(**{field: asked[name]})
        found, following = page_of(rows, dataset.name, asked["cursor"], asked["limit"])
        return {"items": [dataset.read(one) for one in found], "next": following}


for _dataset in DATASETS:
    if _dataset.name not in _APART:
        _serve(_dataset)
