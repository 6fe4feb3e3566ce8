"""Every dataset there is, one file for each; a new one adds its file and its line."""

from __future__ import annotations

from collections.abc import Iterable

from binglian.domain.alliance.models import Alliance
from binglian.domain.counting import number_of
from binglian.domain.publishing.dataset import Dataset

from .announcements import ANNOUNCEMENTS
from .areas import AREAS
from .commitments import COMMITMENTS
from .decisions import DECISIONS
from .matters import MATTERS
from .members import MEMBERS
from .needs import NEEDS
from .offers import OFFERS
from .places import PLACES
from .plans import PLANS
from .projects import PROJECTS
from .resolutions import RESOLUTIONS
from .spaces import SPACES

DATASETS: tuple[Dataset, ...] = (
    MEMBERS,
    OFFERS,
    NEEDS,
    COMMITMENTS,
    PROJECTS,
    PLANS,
    MATTERS,
    DECISIONS,
    RESOLUTIONS,
    ANNOUNCEMENTS,
    PLACES,
    SPACES,
    AREAS,
)
_BY_NAME = {dataset.name: dataset for dataset in DATASETS}


def dataset_named(name: str) -> Dataset | None:
    return _BY_NAME.get(name)


def datasets_of(alliance: Alliance) -> list[Dataset]:
    """What this alliance publishes."""
    return [dataset for dataset in DATASETS if dataset.is_public(alliance)]


def row_counts(alliance: Alliance, datasets: Iterable[Dataset]) -> dict[str, int]:
    """How many rows each of these has, by name; one statement."""
    shown = list(datasets)
    counts = [number_of(dataset.rows(alliance)) for dataset in shown]
    found = Alliance.objects.filter(pk=alliance.pk).values_list(*counts).get()
    return {dataset.name: number for dataset, number in zip(shown, found, strict=True)}
