"""Offers and needs. Prices and quantities are not searched."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import Component, Need, Offer
from binglian.domain.coupling.public_lists import public_offers
from binglian.domain.coupling.queries import needs_visible_to, offers_visible_to
from binglian.domain.publishing.hidden import shown_needs
from binglian.domain.publishing.striking import without_personal
from binglian.domain.search.source import Entry, Letter, Source, entry, some_of


def _of_offer(row: Offer) -> Iterator[Entry]:
    if row.state == Offer.State.WITHDRAWN:
        return
    words = (row.number, row.place, " ".join(row.tags))
    beside = (row.note, " ".join(row.conditions))
    yield entry([Letter.DESK], row.title, row.entered_at, *words, *beside)
    if row.state == Offer.State.OPEN:
        public = map(without_personal, words)
        yield entry([Letter.PUBLIC], without_personal(row.title), row.entered_at, *public)


OFFERS = Source(
    kind="offer",
    label=_("资源"),
    model=Offer,
    rows=Offer.objects.all,
    entries=_of_offer,
    readable={Letter.DESK: some_of(offers_visible_to)},
    public=lambda alliances: public_offers(*alliances),
    order="entered_at",
    desk_page="offers/{}/",
    public_page="data/offers/",
)


def _of_need(row: Need) -> Iterator[Entry]:
    if row.state == Need.State.WITHDRAWN:
        return
    parts = [part.title for part in row.components.all() if part.title != row.title]
    tags = {tag: None for part in row.components.all() for tag in part.tags}
    words = (row.number, row.place, " ".join(filter(None, parts)))
    yield entry([Letter.DESK], row.title, row.entered_at, *words, " ".join(tags), row.note)
    public = map(without_personal, words)
    yield entry([Letter.PUBLIC], without_personal(row.title), row.entered_at, *public)


NEEDS = Source(
    kind="need",
    label=_("需求"),
    model=Need,
    rows=lambda: Need.objects.prefetch_related("components"),
    entries=_of_need,
    readable={Letter.DESK: some_of(needs_visible_to)},
    public=lambda alliances: shown_needs(*alliances),
    order="entered_at",
    desk_page="needs/{}/",
    public_page="needs/{}/",
    watches={Component: lambda row: [row.need_id]},
)
