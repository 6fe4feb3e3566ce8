"""Several lists in one statement are what each list would have given."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Count, F, QuerySet
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.coupling.queries import BOTH_SIDES
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.places.models import Area
from binglian.domain.together import asked_together


@pytest.fixture
def lists(alliance: Alliance, propose: Callable[..., Commitment]) -> list[QuerySet[Any]]:
    """Lists of every kind: models, models with others, values, parts, nothing."""
    propose(), propose()
    Commitment.objects.update(due_on=date(2027, 3, 1))
    return [
        alliance.commitments.select_related(*BOTH_SIDES).order_by("-pk"),
        Organisation.objects.order_by("-name").annotate(given=Count("offers")),
        Offer.objects.values_list("pk", "search_text").order_by("-pk"),
        Need.objects.none(),
        Need.objects.values("pk", "title", "entered_at").order_by("pk"),
        Commitment.objects.values_list("due_on", flat=True),
        Organisation.objects.order_by("pk")[1:3],
        Area.objects.filter(name="nowhere"),
        Alliance.objects.only("slug", "published"),
        User.objects.filter(pk__in=User.objects.values("pk")).order_by(F("username").desc()),
    ]


def test_each_list_is_what_it_would_have_given_itself(
    lists: list[QuerySet[Any]], django_assert_num_queries: Callable[[int], Any]
):
    own = [list(rows.all()) for rows in lists]
    with django_assert_num_queries(1):
        found = asked_together(*lists)

    assert found == own
    assert [len(rows) for rows in found][3] == 0
    assert all(len(rows) > 0 for n, rows in enumerate(found) if n not in (3, 7))
    assert [_facts(rows) for rows in found] == [_facts(rows) for rows in own]


def test_what_is_related_is_there_without_asking(
    lists: list[QuerySet[Any]], django_assert_num_queries: Callable[[int], Any]
):
    [commitments] = asked_together(lists[0])
    with django_assert_num_queries(0):
        givers = [one.giver.name for one in commitments]

    assert givers == [one.giver.name for one in lists[0]]


def test_a_thousand_rows_keep_their_order(alliance: Alliance):
    at, names = now(), [f"{n * 7919 % 1000:04}" for n in range(1000)]
    LedgerEntry.objects.bulk_create(
        LedgerEntry(chain="many", number=n, at=at + timedelta(seconds=n), user=name, act="x")
        for n, name in enumerate(names)
    )
    rows = LedgerEntry.objects.filter(chain="many")
    by_name, newest = asked_together(
        rows.order_by("user").values_list("user", "at"), rows.order_by("-at")[:700]
    )

    assert [name for name, _at in by_name] == sorted(names)
    assert dict(by_name)[names[3]] == at + timedelta(seconds=3)
    assert [one.number for one in newest] == list(range(999, 299, -1))


@pytest.mark.django_db
def test_nothing_is_asked_where_nothing_can_fit(django_assert_num_queries: Callable[[int], Any]):
    with django_assert_num_queries(0):
        found = asked_together(Need.objects.none(), Offer.objects.filter(pk__in=[]))

    assert found == [[], []]


def _facts(rows: list[Any]) -> list[Any]:
    """What a row holds, types included."""
    held = [one.__dict__ if hasattr(one, "_state") else one for one in rows]
    return [
        {key: (type(value), value) for key, value in one.items() if key != "_state"}
        if isinstance(one, dict)
        else [(type(value), value) for value in (one if isinstance(one, tuple) else (one,))]
        for one in held
    ]
