"""Everybody wants the last places, and the last boxes, at one moment, each on a connection."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.utils.timezone import now

from binglian.domain.alliance.models import today
from binglian.domain.checks.actions import (
    announce_open_day,
    enter_donation,
    hand_out,
    sign_up,
    withdraw_sign_up,
)
from binglian.domain.checks.facts import GoodFacts
from binglian.domain.checks.models import OpenDay, SignUp
from binglian.domain.refusals import ActionRefused

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], object]


@pytest.fixture
def together() -> Iterator[Callable[..., list[str]]]:
    """Runs acts at the same moment; tells for each whether it was ``done`` or ``refused``."""
    with ThreadPoolExecutor(8) as pool:

        def run(*acts: Act) -> list[str]:
            start = Barrier(len(acts))

            def press(act: Act) -> str:
                start.wait()
                try:
                    act()
                except ActionRefused:
                    return "refused"
                finally:
                    connection.close()
                return "done"

            return list(pool.map(press, acts))

        yield run


@pytest.fixture
def open_day(transactional_db, site, giver):
    starts_at = now() + timedelta(days=3)
    return announce_open_day(
        project=site,
        by=giver,
        title_zh="开放日（示例）",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        meet_at="北门",
        capacity=5,
    )


def come(open_day: OpenDay, people: int) -> tuple[SignUp, str]:
    contact = {"phone": "13900001234"}
    return sign_up(open_day=open_day, people=people, contact=contact, consent_text="同意")


def test_eight_visitors_at_once_get_five_places(together, open_day):
    outcome = together(*[lambda: come(open_day, 1)] * 8)

    open_day.refresh_from_db()
    assert sorted(outcome) == ["done"] * 5 + ["refused"] * 3
    assert (open_day.taken, SignUp.objects.count()) == (5, 5)


def test_coming_in_pairs_and_staying_away_at_once_keeps_the_count(together, open_day):
    held = [come(open_day, 2)[0], come(open_day, 2)[0]]
    leave = [lambda row=row: withdraw_sign_up(row=row) for row in held * 2]
    outcome = together(*leave, *[lambda: come(open_day, 2)] * 4)

    open_day.refresh_from_db()
    standing = SignUp.objects.filter(withdrawn_at=None)
    assert outcome[:4].count("done") == 2
    assert open_day.taken == sum(row.people for row in standing)
    assert open_day.taken <= open_day.capacity


def test_the_last_boxes_are_handed_out_once(together, transactional_db, site, giving, giver):
    water = GoodFacts("矿泉水", 5, "箱", Decimal(24))
    donation = enter_donation(
        project=site,
        donor=giving,
        receipt_number="SJ-1",
        given_on=today(),
        goods=[water],
        are_no_wages=True,
        by=giver,
    )
    good = donation.goods.get()
    outcome = together(
        *[lambda: hand_out(good=good, organisation=giving, quantity=2, on=today(), by=giver)] * 8
    )

    good.refresh_from_db()
    assert sorted(outcome) == ["done"] * 2 + ["refused"] * 6
    assert (good.handed_out, good.remaining) == (4, 1)
