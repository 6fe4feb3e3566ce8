"""Commitments, by what they are for and what is given."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from binglian.domain.coupling.models import Commitment, Component, Need, Offer
from binglian.domain.coupling.public_lists import PROMISED
from binglian.domain.coupling.queries import commitments_visible_to
from binglian.domain.publishing.hidden import shown_commitments
from binglian.domain.publishing.striking import without_personal
from binglian.domain.search.source import Entry, Letter, Source, entry, some_of


def _of_commitment(row: Commitment) -> Iterator[Entry]:
    with override("zh-hans"):
        title, given = row.title, row.given
    words = (title, row.proposed_at, given)
    yield entry([Letter.DESK], *words, title_en=row.title_en)
    if row.state in PROMISED:
        title, title_en, given = map(without_personal, (title, row.title_en, given))
        yield entry([Letter.PUBLIC], title, row.proposed_at, given, title_en=title_en)


def _of_need(row: Need) -> list[int]:
    found = Commitment.objects.filter(component__need=row.pk)
    return list(found.order_by().values_list("pk", flat=True))


COMMITMENTS = Source(
    kind="commitment",
    label=_("承诺"),
    model=Commitment,
    rows=lambda: Commitment.objects.select_related("offer", "component__need"),
    entries=_of_commitment,
    readable={Letter.DESK: some_of(commitments_visible_to)},
    public=lambda alliances: shown_commitments(*alliances),
    order="proposed_at",
    desk_page="commitments/{}/",
    public_page="commitments/",
    watches={
        Offer: lambda row: row.commitments.order_by().values_list("pk", flat=True),
        Need: _of_need,
        Component: lambda row: row.commitments.order_by().values_list("pk", flat=True),
    },
)
