"""Residents' matters: as they were written for those who handle them, as checked for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Matter, Reply
from binglian.domain.matters.public_facts import answer_to, public_place
from binglian.domain.matters.queries import matters_visible_to, public_matters
from binglian.domain.publishing.striking import without_personal
from binglian.domain.search.source import Entry, Letter, Source, entry


def _of_matter(row: Matter) -> Iterator[Entry]:
    title, at = row.number, row.reported_at
    yield entry([Letter.MATTERS], title, at, row.text, row.courtyard, row.address)
    if row.visibility == Matter.Visibility.PUBLIC:
        told = (row.public_text, public_place(row), answer_to(row) or "")
        classes = [Letter.PUBLIC, Letter.TOLD]
        yield entry(classes, title, at, *map(without_personal, told))


def _public(alliances: Sequence[Alliance]) -> QuerySet[Matter]:
    return public_matters(*alliances)


MATTERS = Source(
    kind="matter",
    label=_("诉求"),
    model=Matter,
    rows=lambda: Matter.objects.select_related("area").prefetch_related("replies"),
    entries=_of_matter,
    readable={Letter.MATTERS: lambda user, keys: matters_visible_to(user, among=keys)},
    public=_public,
    order="reported_at",
    desk_page="matters/{}/",
    public_page="matters/{}/",
    watches={Reply: lambda row: [row.matter_id]},
)
