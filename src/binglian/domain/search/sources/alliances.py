"""Alliances, and the organisations that belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.alliance.queries import (
    alliances_visible_to,
    organisations_visible_to,
    public_members,
)
from binglian.domain.search.source import Entry, Letter, Source, entry, some_of

_STATES = (Membership.State.APPLIED, Membership.State.ADMITTED)


def _of_membership(row: Membership) -> Iterator[Entry]:
    if row.state not in _STATES:
        return
    who = row.organisation
    words = (who.name, row.from_on, who.credit_code, who.address)
    yield entry([Letter.DESK], *words, title_en=who.name_en)
    if row.state == Membership.State.ADMITTED:
        yield entry([Letter.PUBLIC], who.name, row.from_on, who.credit_code, title_en=who.name_en)


def _memberships_visible_to(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(
        alliance__in=alliances_visible_to(user),
        organisation__in=organisations_visible_to(user).order_by(),
    )


ORGANISATIONS = Source(
    kind="organisation",
    label=_("单位"),
    model=Membership,
    rows=lambda: Membership.objects.select_related("organisation"),
    entries=_of_membership,
    readable={Letter.DESK: some_of(_memberships_visible_to)},
    public=lambda alliances: public_members(*alliances),
    order="from_on",
    page_of=lambda row: row.organisation_id,
    desk_page="organisations/{}/",
    public_page="data/members/",
    watches={Organisation: lambda row: row.memberships.values_list("pk", flat=True)},
)


def _of_alliance(row: Alliance) -> Iterator[Entry]:
    words = (row.name, row.founded_on, row.description, row.description_en)
    yield entry([Letter.DESK, Letter.PUBLIC], *words, title_en=row.name_en)


def _all_of(alliances: Sequence[Alliance]) -> QuerySet[Alliance]:
    return Alliance.objects.filter(pk__in=[one.pk for one in alliances])


ALLIANCES = Source(
    kind="alliance",
    label=_("联盟"),
    model=Alliance,
    rows=Alliance.objects.all,
    entries=_of_alliance,
    readable={Letter.DESK: some_of(alliances_visible_to)},
    public=_all_of,
    order="founded_on",
    alliance_of=lambda row: row.pk,
)
