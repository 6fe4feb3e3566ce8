"""The open data of the city, of an alliance, and one dataset, for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.queries import alliances_open_to_clients
from binglian.domain.publishing.dataset import Dataset
from binglian.domain.publishing.datasets import dataset_named, datasets_of, row_counts
from binglian.domain.publishing.formats import CSVW, SCHEMA, Format, formats_of
from binglian.domain.publishing.freshness import changed_at, last_acts

#: Rows shown to say what a dataset is like.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One dataset of a list, with where its files are."""

    dataset: Dataset
    rows: int
    changed_at: datetime
    files: list[tuple[Format, str]]


@require_safe
@login_not_required
def city(request: HttpRequest) -> HttpResponse:
    """Every alliance with its datasets."""
    alliances = [(one, datasets_of(one)) for one in alliances_open_to_clients()]
    context = {"alliances": alliances, "section": "data", "licence": _licence()}
    return render(request, "open_data/city.html", context)


@require_safe
@login_not_required
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """What an alliance publishes, each with its files."""
    alliance = get_object_or_404(alliances_open_to_clients(), slug=slug)
    datasets, acts = datasets_of(alliance), last_acts(alliance)
    counts = row_counts(alliance, datasets)
    lines = [
        Line(
            dataset,
            counts[dataset.name],
            changed_at(dataset, alliance, acts),
            _files(dataset, alliance),
        )
        for dataset in datasets
    ]
    context = {"portal": alliance, "section": "data", "lines": lines, "licence": _licence()}
    return render(request, "open_data/catalogue.html", context)


@require_safe
@login_not_required
def dataset(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One dataset: what its columns are, its first rows, its files."""
    alliance = get_object_or_404(alliances_open_to_clients(), slug=slug)
    found = dataset_named(name)
    if found is None or not found.is_public(alliance):
        raise Http404
    newest = islice(found.rows(alliance).order_by("-pk")[:_SHOWN], _SHOWN)
    context: dict[str, Any] = {
        "portal": alliance,
        "section": "data",
        "dataset": found,
        "row_count": found.rows(alliance).count(),
        "changed_at": changed_at(found, alliance),
        "files": _files(found, alliance),
        "descriptions": [(one, _address(found, alliance, one)) for one in (SCHEMA, CSVW)],
        "examples": [list(found.read(row).values()) for row in newest],
        "columns": [(column, _words(column)) for column in found.columns],
        "licence": _licence(),
        "api": settings.SITE_URL + reverse("api:openapi-view"),
    }
    return render(request, "open_data/dataset.html", context)


def _words(column: Any) -> list[tuple[str, Any]]:
    """Code and meaning, of a column that has only these."""
    return list(column.words()) if column.words else []


def _files(found: Dataset, alliance: Alliance) -> list[tuple[Format, str]]:
    return [(one, _address(found, alliance, one)) for one in formats_of(found)]


def _address(found: Dataset, alliance: Alliance, wanted: Format) -> str:
    return reverse("open_data_files:file", args=[alliance.slug, found.name, wanted.ending])


def _licence() -> dict[str, str]:
    return {"url": settings.OPEN_DATA_LICENCE, "name": settings.OPEN_DATA_LICENCE_NAME}
