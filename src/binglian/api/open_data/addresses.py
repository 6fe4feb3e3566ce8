"""Where everything is. These addresses are names of things too, and stay."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.dataset import Dataset


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def city_page() -> str:
    return absolute(reverse("open_data:city"))


def city_catalogue(ending: str) -> str:
    return absolute(reverse("open_data_files:city", args=[ending]))


def page_of(alliance: Alliance) -> str:
    return absolute(reverse("open_data:catalogue", args=[alliance.slug]))


def catalogue_of(alliance: Alliance, ending: str) -> str:
    return file_at(alliance, "catalogue", ending)


def page_about(dataset: Dataset, alliance: Alliance) -> str:
    return absolute(reverse("open_data:dataset", args=[alliance.slug, dataset.name]))


def file_at(alliance: Alliance, name: str, ending: str) -> str:
    return absolute(reverse("open_data_files:file", args=[alliance.slug, name, ending]))
