"""Courtyards, historic buildings and streets."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from binglian.domain.heritage.models import Place
from binglian.domain.heritage.queries import places_visible_to, public_places
from binglian.domain.publishing.striking import without_personal
from binglian.domain.search.source import Entry, Letter, Source, entry, some_of


def _of_place(row: Place) -> Iterator[Entry]:
    words = (
        *(row.number, row.address, row.history, row.history_en, row.key_parts),
        *(row.intended_trade, row.actual_use),
    )
    yield entry([Letter.DESK], row.name_zh, row.entered_at, *words, row.note, title_en=row.name_en)
    if row.is_public:
        name, name_en, *told = map(without_personal, (row.name_zh, row.name_en, *words))
        yield entry([Letter.PUBLIC], name, row.entered_at, *told, title_en=name_en)


PLACES = Source(
    kind="place",
    label=_("里院和历史建筑"),
    model=Place,
    rows=Place.objects.all,
    entries=_of_place,
    readable={Letter.DESK: some_of(places_visible_to)},
    public=lambda alliances: public_places(*alliances),
    order="entered_at",
    desk_page="places/{}/",
    public_page="places/{}/",
)
