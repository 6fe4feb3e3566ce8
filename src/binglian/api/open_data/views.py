"""One file of a dataset, or a catalogue."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.queries import alliances_open_to_clients
from binglian.domain.publishing.dataset import Dataset
from binglian.domain.publishing.datasets import dataset_named, datasets_of
from binglian.domain.publishing.files import PublishedFile, file_of, kept
from binglian.domain.publishing.formats import SCHEMA, format_of
from binglian.domain.publishing.freshness import changed_at, last_acts

from . import addresses
from .catalogue import TYPES, catalogue_of, city_catalogue
from .serving import served


@require_safe
@login_not_required
def file(request: HttpRequest, slug: str, name: str, ending: str) -> HttpResponse:
    """A dataset in one of its formats; ``catalogue`` is what all of them are found by."""
    alliance = get_object_or_404(alliances_open_to_clients(), slug=slug)
    if name == "catalogue" and ending in TYPES:
        return _catalogue(request, alliance, ending)
    dataset = dataset_named(name)
    wanted = format_of(dataset, ending) if dataset else None
    if dataset is None or wanted is None or not dataset.is_public(alliance):
        raise Http404
    links = {"license": settings.OPEN_DATA_LICENCE, "collection": addresses.page_of(alliance)}
    if not wanted.describes:
        links["describedby"] = addresses.file_at(alliance, name, SCHEMA.ending)
    return served(request, file_of(dataset, alliance, wanted), links)


@require_safe
@login_not_required
def city(request: HttpRequest, ending: str) -> HttpResponse:
    """The catalogue of the alliances' catalogues."""

    def make() -> PublishedFile:
        alliances = list(alliances_open_to_clients())
        midnight = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return PublishedFile(city_catalogue(alliances, ending), TYPES[ending], midnight)

    return served(request, kept(f"city.{ending}", make), {"license": settings.OPEN_DATA_LICENCE})


def _catalogue(request: HttpRequest, alliance: Alliance, ending: str) -> HttpResponse:
    def make() -> PublishedFile:
        acts = last_acts(alliance)
        datasets = datasets_of(alliance)
        found = [(dataset, changed_at(dataset, alliance, acts)) for dataset in datasets]
        content = catalogue_of(alliance, found, ending)
        return PublishedFile(content, TYPES[ending], _latest(found))

    links = {"license": settings.OPEN_DATA_LICENCE, "describes": addresses.page_of(alliance)}
    return served(request, kept(f"{alliance.pk}/catalogue.{ending}", make), links)


def _latest(found: list[tuple[Dataset, datetime]]) -> datetime:
    return max(changed for _dataset, changed in found)
